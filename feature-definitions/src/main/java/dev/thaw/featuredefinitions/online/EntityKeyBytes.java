package dev.thaw.featuredefinitions.online;

import com.google.common.base.Utf8;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Feast's entity key, serialization version 3, little-endian: {@code u32 n}; per join key, sorted
 * by code point, {@code u32 STRING, u32 length, utf8}; per value, in the same order, {@code u32
 * type, u32 length, bytes}. Strings are raw utf8, int32 four bytes, int64 and times (in seconds)
 * eight. Stateless.
 */
public final class EntityKeyBytes {
  private static final int STRING = 2;
  private static final int INT32 = 3;
  private static final int INT64 = 4;
  private static final int UNIX_TIMESTAMP = 8;

  private EntityKeyBytes() {}

  /**
   * @throws IllegalArgumentException if a join key or value holds an unpaired surrogate
   */
  public static byte[] encode(EntityKey key) {
    int size = Integer.BYTES;
    for (var joinKey : key.joinKeys().entrySet()) {
      size += 4 * Integer.BYTES;
      size += utf8Length(joinKey.getKey(), key);
      size += valueLength(joinKey.getValue(), key);
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(key.joinKeys().size());
    key.joinKeys().keySet().forEach(name -> putString(out, name));
    for (FeatureValue value : key.joinKeys().values()) {
      if (value instanceof FeatureValue.Text text) {
        putString(out, text.value());
      } else if (value instanceof FeatureValue.Int64 number) {
        out.putInt(INT64).putInt(Long.BYTES).putLong(number.value());
      } else if (value instanceof FeatureValue.Int32 number) {
        out.putInt(INT32).putInt(Integer.BYTES).putInt(number.value());
      } else if (value instanceof FeatureValue.Timestamp time) {
        out.putInt(UNIX_TIMESTAMP).putInt(Long.BYTES).putLong(time.value().getEpochSecond());
      }
    }
    return out.array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no entity key of strings, integers and times
   */
  public static EntityKey decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int n = in.getInt();
      if (n < 1 || n > bytes.length) {
        throw malformed(bytes, "holds " + n + " join keys");
      }
      String[] names = new String[n];
      for (int i = 0; i < n; i++) {
        int type = in.getInt();
        if (type != STRING) {
          throw malformed(bytes, "names join key " + i + " by value type " + type);
        }
        names[i] = string(in, bytes);
      }
      TreeMap<String, FeatureValue> keys = new TreeMap<>(CodePoints.ORDER);
      for (String name : names) {
        keys.put(name, value(in, bytes, name));
      }
      if (in.hasRemaining()) {
        throw malformed(bytes, "has " + in.remaining() + " bytes left over");
      }
      return new EntityKey(keys);
    } catch (BufferUnderflowException e) {
      throw malformed(bytes, "ends early");
    }
  }

  private static FeatureValue value(ByteBuffer in, byte[] bytes, String name) {
    int type = in.getInt();
    switch (type) {
      case STRING:
        return new FeatureValue.Text(string(in, bytes));
      case INT64:
        requireLength(in, bytes, "int64 " + name, Long.BYTES);
        return new FeatureValue.Int64(in.getLong());
      case INT32:
        requireLength(in, bytes, "int32 " + name, Integer.BYTES);
        return new FeatureValue.Int32(in.getInt());
      case UNIX_TIMESTAMP:
        requireLength(in, bytes, "time " + name, Long.BYTES);
        return time(in.getLong(), bytes, name);
      default:
        throw malformed(
            bytes, "has value type " + type + " in " + name + ", only 2, 3, 4 and 8 are read");
    }
  }

  private static void requireLength(ByteBuffer in, byte[] bytes, String what, int expected) {
    int length = in.getInt();
    if (length != expected) {
      throw malformed(bytes, "gives " + what + " a length of " + length + ", not " + expected);
    }
  }

  private static FeatureValue time(long seconds, byte[] bytes, String name) {
    try {
      return new FeatureValue.Timestamp(Instant.ofEpochSecond(seconds));
    } catch (DateTimeException e) {
      throw malformed(bytes, "has " + seconds + " s in " + name + ", which is no time");
    }
  }

  private static int valueLength(FeatureValue value, EntityKey key) {
    if (value instanceof FeatureValue.Text text) {
      return utf8Length(text.value(), key);
    }
    return value instanceof FeatureValue.Int32 ? Integer.BYTES : Long.BYTES;
  }

  private static void putString(ByteBuffer out, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.putInt(STRING).putInt(utf8.length).put(utf8);
  }

  private static String string(ByteBuffer in, byte[] bytes) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw malformed(
          bytes, "has a string of length " + length + " with " + in.remaining() + " bytes left");
    }
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
    } catch (CharacterCodingException e) {
      throw malformed(bytes, "has a string that is not utf8");
    }
  }

  private static int utf8Length(String value, EntityKey key) {
    try {
      return Utf8.encodedLength(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "entity key " + key + " can't be written as utf8: " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException malformed(byte[] bytes, String what) {
    return new IllegalArgumentException(
        "entity key " + HexFormat.of().formatHex(bytes) + " " + what);
  }
}
