package dev.thaw.featuredefinitions.vocabulary;

import org.jspecify.annotations.Nullable;

/** The one rule for ids: 1 to {@value #MAX_LENGTH} characters, none of them a control character. */
final class Ids {
  static final int MAX_LENGTH = 256;

  private Ids() {}

  static void check(String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(field + " must not be empty, was " + quote(value));
    }
    if (value.length() > MAX_LENGTH && value.codePointCount(0, value.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException(
          field
              + " must have at most "
              + MAX_LENGTH
              + " characters, had "
              + value.codePointCount(0, value.length()));
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) == 0x7f) {
        throw new IllegalArgumentException(
            field
                + " must not hold control characters, has U+"
                + String.format("%04X", (int) value.charAt(i))
                + " at "
                + i);
      }
    }
  }

  static String quote(@Nullable String value) {
    return value == null ? "null" : '"' + value + '"';
  }
}
