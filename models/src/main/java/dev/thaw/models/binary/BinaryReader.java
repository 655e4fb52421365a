package dev.thaw.models.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link BinaryWriter} wrote. Every length is checked against what is left before
 * anything is allocated, so that damaged bytes end in a clear error. Belongs to one thread.
 */
public final class BinaryReader {
  private final String what;
  private final byte[] bytes;
  private int position;

  /**
   * @param what named in errors, such as {@code rolling state}
   */
  public BinaryReader(String what, byte[] bytes) {
    this.what = what;
    this.bytes = bytes;
  }

  public int readByte() {
    need(1);
    return bytes[position++] & 0xff;
  }

  /**
   * @throws IllegalArgumentException if the next byte is another one
   */
  public void expect(int value, String field) {
    int at = position;
    int actual = readByte();
    if (actual != value) {
      throw new IllegalArgumentException(
          what + " must have " + field + " " + value + " at byte " + at + ", was " + actual);
    }
  }

  public long readCount() {
    long value = readVariable();
    if (value < 0) {
      throw damaged("count " + value);
    }
    return value;
  }

  /** The number of elements that follow, each of at least {@code minBytes} bytes. */
  public int readSize(int minBytes) {
    long size = readCount();
    if (size * Math.max(1, minBytes) > bytes.length - position || size > Integer.MAX_VALUE) {
      throw damaged("size " + size + " beyond its end");
    }
    return (int) size;
  }

  /**
   * Their number, then each as a count.
   *
   * @param below what each must be
   * @param what each is of, for the error
   */
  public int[] readNumbers(int below, String what) {
    int[] numbers = new int[readSize(1)];
    for (int i = 0; i < numbers.length; i++) {
      long number = readCount();
      if (number >= below) {
        throw damaged(what + " " + number + " of " + below);
      }
      numbers[i] = (int) number;
    }
    return numbers;
  }

  public long readSigned() {
    long value = readVariable();
    return (value >>> 1) ^ -(value & 1);
  }

  private long readVariable() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged("a number of more than 10 bytes");
  }

  public long readLong() {
    need(8);
    long value = (long) BinaryWriter.LONG.get(bytes, position);
    position += 8;
    return value;
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public float readFloat() {
    need(4);
    int value = (int) BinaryWriter.INT.get(bytes, position);
    position += 4;
    return Float.intBitsToFloat(value);
  }

  public String readText() {
    int size = readSize(1);
    String value = new String(bytes, position, size, StandardCharsets.UTF_8);
    position += size;
    return value;
  }

  /** What {@link BinaryWriter#writeBytes} wrote. */
  public byte[] readBytes() {
    int size = readSize(1);
    position += size;
    return Arrays.copyOfRange(bytes, position - size, position);
  }

  /** Enters a block; gives its end for {@link #skipTo}. */
  public int readBlock() {
    need(4);
    int size = (int) BinaryWriter.INT.get(bytes, position);
    position += 4;
    if (size < 0 || size > bytes.length - position) {
      throw damaged("block of " + size + " bytes");
    }
    return position + size;
  }

  public void skipTo(int end) {
    if (end < position || end > bytes.length) {
      throw damaged("block that ends at " + end);
    }
    position = end;
  }

  public boolean isAtEnd() {
    return position == bytes.length;
  }

  /**
   * @throws IllegalArgumentException if bytes are left over
   */
  public void requireEnd() {
    if (position != bytes.length) {
      throw damaged((bytes.length - position) + " bytes too many");
    }
  }

  public IllegalArgumentException damaged(String found) {
    return new IllegalArgumentException(
        what + " of " + bytes.length + " bytes is damaged at byte " + position + ": " + found);
  }

  private void need(int more) {
    if (bytes.length - position < more) {
      throw damaged("needs " + more + " more bytes");
    }
  }
}
