package dev.thaw.featuredefinitions.wire;

/**
 * Why a record can't be used.
 *
 * @param field path of the field such as {@code value} or {@code context.device}; empty for the
 *     record as a whole
 * @param value what stood there, cut after {@value #MAX_VALUE} characters; empty if nothing did
 * @param reason what is allowed, with the bound
 */
public record Rejection(String field, String value, String reason) {
  public static final int MAX_VALUE = 200;

  public Rejection {
    value = value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "...";
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
