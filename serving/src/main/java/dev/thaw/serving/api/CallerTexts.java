package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.wire.Utf8;
import java.util.function.Function;

/**
 * Ids and texts that callers give, by the bounds of records and of the stores' keys: what is taken
 * here can be written there.
 */
final class CallerTexts {
  private static final int SHOWN = 120;

  private CallerTexts() {}

  /**
   * @throws CallerFault naming field, value and bound
   */
  static <T> T id(String field, String text, Function<String, T> type) {
    requireWhole(field, text);
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw CallerFault.of(field, text, "an id of 1 to 256 characters without control characters");
    }
  }

  /**
   * @param what is bounded, as the fault is to call it
   * @param max code points
   * @throws CallerFault naming field, value and bound
   */
  static String text(String field, String text, String what, int max) {
    requireWhole(field, text);
    if (text.isEmpty() || text.codePointCount(0, text.length()) > max) {
      throw CallerFault.of(field, text, what + " of 1 to " + max + " characters");
    }
    return text;
  }

  /** JSON can spell half a surrogate pair, UTF-8 can't. */
  private static void requireWhole(String field, String text) {
    if (Utf8.unpairedSurrogate(text) >= 0) {
      throw CallerFault.of(field, text, "Unicode, without half of a surrogate pair");
    }
  }

  /** Cut to what a message has room for. */
  static String cut(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, end) + "…";
  }
}
