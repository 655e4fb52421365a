package dev.thaw.featuredefinitions.wire;

/**
 * Why a record can't be used.
 *
 * @param field path of the field such as {@code value} or {@code context.device}; empty for the
 *     record as a whole
 * @param value what stood there, cut after {@value #MAX_VALUE} characters, with U+FFFD for halves
 *     of surrogate pairs, which no record can hold; empty if nothing did
 * @param reason what is allowed, with the bound
 */
public record Rejection(String field, String value, String reason) {
  public static final int MAX_VALUE = 200;

  private static final String CUT = "...";

  public Rejection {
    value = Utf8.readable(cut(value));
  }

  /** Never through a character. */
  private static String cut(String value) {
    if (value.length() <= MAX_VALUE + CUT.length()) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(MAX_VALUE - 1)) ? MAX_VALUE - 1 : MAX_VALUE;
    return value.substring(0, end) + CUT;
  }

  /** {@code field: reason, was "value"}. */
  @Override
  public String toString() {
    return (field.isEmpty() ? "record" : field)
        + ": "
        + reason
        + (value.isEmpty() ? "" : ", was \"" + value + '"');
  }
}
