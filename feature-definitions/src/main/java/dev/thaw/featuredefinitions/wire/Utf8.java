package dev.thaw.featuredefinitions.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Checks bytes before a parser sees them: JSON parsers let some ill-formed sequences pass. */
final class Utf8 {
  private Utf8() {}

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
  static int unpairedSurrogate(String text) {
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
