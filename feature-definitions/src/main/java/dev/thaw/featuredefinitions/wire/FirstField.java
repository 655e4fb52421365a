package dev.thaw.featuredefinitions.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells records by the name of their first field, without parsing them. */
final class FirstField {
  private final byte[] quoted;

  FirstField(String name) {
    this.quoted = ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
  }

  boolean leads(byte[] bytes) {
    int at = skipBlanks(bytes, 0);
    if (at == bytes.length || bytes[at] != '{') {
      return false;
    }
    at = skipBlanks(bytes, at + 1);
    int end = at + quoted.length;
    return end <= bytes.length && Arrays.equals(bytes, at, end, quoted, 0, quoted.length);
  }

  private static int skipBlanks(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }
}
