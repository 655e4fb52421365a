package dev.thaw.featuredefinitions.online;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A typed feature value; the variants are the value types of Feast that Thaw reads and writes.
 * Thaw's own views use fewer of them than those of other teams.
 */
public sealed interface FeatureValue {

  /** The feature exists and its value is null. */
  Missing MISSING = new Missing();

  record Missing() implements FeatureValue {}

  record Text(String value) implements FeatureValue {}

  record Int64(long value) implements FeatureValue {}

  record Int32(int value) implements FeatureValue {}

  record Float64(double value) implements FeatureValue {}

  record Float32(float value) implements FeatureValue {}

  record Bool(boolean value) implements FeatureValue {}

  /** Whole seconds, as Feast keeps them. */
  record Timestamp(Instant value) implements FeatureValue {}

  record Texts(List<String> values) implements FeatureValue {
    public Texts {
      values = List.copyOf(values);
    }
  }

  record Bools(List<Boolean> values) implements FeatureValue {
    public Bools {
      values = List.copyOf(values);
    }
  }

  /**
   * A list of times.
   *
   * @param seconds since 1970; the smallest long is Feast's way to write that one is missing
   */
  record Timestamps(Int64s seconds) implements FeatureValue {}

  record ByteStrings(List<Bytes> values) implements FeatureValue {
    public ByteStrings {
      values = List.copyOf(values);
    }
  }

  /** Raw bytes. */
  final class Bytes implements FeatureValue {
    private final byte[] values;

    private Bytes(byte[] values) {
      this.values = values;
    }

    public static Bytes copyOf(byte... values) {
      return new Bytes(values.clone());
    }

    public byte[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Bytes that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Bytes" + Arrays.toString(values);
    }
  }

  /** A list of 32-bit integers. */
  final class Int32s implements FeatureValue {
    private final int[] values;

    private Int32s(int[] values) {
      this.values = values;
    }

    public static Int32s copyOf(int... values) {
      return new Int32s(values.clone());
    }

    public int[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Int32s that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Int32s" + Arrays.toString(values);
    }
  }

  /** A list of 64-bit integers. */
  final class Int64s implements FeatureValue {
    private final long[] values;

    private Int64s(long[] values) {
      this.values = values;
    }

    public static Int64s copyOf(long... values) {
      return new Int64s(values.clone());
    }

    public long[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Int64s that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Int64s" + Arrays.toString(values);
    }
  }

  /** A list of doubles. */
  final class Float64s implements FeatureValue {
    private final double[] values;

    private Float64s(double[] values) {
      this.values = values;
    }

    public static Float64s copyOf(double... values) {
      return new Float64s(values.clone());
    }

    public double[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Float64s that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Float64s" + Arrays.toString(values);
    }
  }

  /** A list of floats; the form of vectors. */
  final class Float32s implements FeatureValue {
    private final float[] values;

    private Float32s(float[] values) {
      this.values = values;
    }

    public static Float32s copyOf(float... values) {
      return new Float32s(values.clone());
    }

    public float[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Float32s that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Float32s" + Arrays.toString(values);
    }
  }
}
