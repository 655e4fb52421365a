package dev.thaw.models.binary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends primitives to a growing array: little-endian fixed widths, and LEB128 for counts. What it
 * writes, {@link BinaryReader} reads in the same order. Belongs to one thread.
 */
public final class BinaryWriter {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;

  public BinaryWriter() {
    this(128);
  }

  public BinaryWriter(int expectedLength) {
    bytes = new byte[Math.max(16, expectedLength)];
  }

  public BinaryWriter writeByte(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** A count or another number that is small and not negative; 1 to 10 bytes. */
  public BinaryWriter writeCount(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("count must be >= 0, was " + value);
    }
    return writeVariable(value);
  }

  /** A number near zero of either sign; 1 to 10 bytes. */
  public BinaryWriter writeSigned(long value) {
    return writeVariable((value << 1) ^ (value >> 63));
  }

  private BinaryWriter writeVariable(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  public BinaryWriter writeLong(long value) {
    ensure(8);
    LONG.set(bytes, length, value);
    length += 8;
    return this;
  }

  public BinaryWriter writeDouble(double value) {
    return writeLong(Double.doubleToRawLongBits(value));
  }

  public BinaryWriter writeFloat(float value) {
    ensure(4);
    INT.set(bytes, length, Float.floatToRawIntBits(value));
    length += 4;
    return this;
  }

  /** UTF-8 after its length. */
  public BinaryWriter writeText(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    writeCount(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  /** Bytes after their number. */
  public BinaryWriter writeBytes(byte[] value) {
    writeCount(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** Opens a block that readers can skip; give the answer to {@link #endBlock}. */
  public int beginBlock() {
    ensure(4);
    length += 4;
    return length;
  }

  public void endBlock(int begin) {
    INT.set(bytes, begin - 4, length - begin);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
