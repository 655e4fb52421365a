package dev.thaw.featuredefinitions.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Checks bytes before a parser sees them: JSON parsers let some ill-formed sequences pass. */
public final class Utf8 {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Utf8() {}

  /** Length of the byte-order mark that bytes begin with; 0 if they begin with none. */
  public static int markLength(byte[] bytes, int offset, int length) {
    int mark = BYTE_ORDER_MARK.length;
    return length >= mark && Arrays.equals(bytes, offset, offset + mark, BYTE_ORDER_MARK, 0, mark)
        ? mark
        : 0;
  }

  /** With U+FFFD for every half of a surrogate pair, so that every reader can read it. */
  public static String readable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
  }

  /** Offset of the first byte that is not UTF-8, from {@code offset} = 0; -1 if all are. */
  static int firstInvalid(byte[] bytes, int offset, int length) {
    if (com.google.common.base.Utf8.isWellFormed(bytes, offset, length)) {
      return -1;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length).slice();
    CharBuffer out = CharBuffer.allocate(length);
    var unused = decoder.decode(in, out, true);
    return in.position();
  }

  /** Index of the first surrogate without its other half, which JSON can spell; -1 if none. */
  public static int unpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
