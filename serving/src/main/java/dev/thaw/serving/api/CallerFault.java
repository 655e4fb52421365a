package dev.thaw.serving.api;

import org.jspecify.annotations.Nullable;

/** The caller asked for something that can't be done; becomes a 4xx whose body says what. */
public final class CallerFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String field;
  private final @Nullable String value;
  private final @Nullable String bound;

  private CallerFault(
      int status,
      @Nullable String field,
      @Nullable String value,
      @Nullable String bound,
      String message) {
    super(message, null, false, false);
    this.status = status;
    this.field = field;
    this.value = value == null ? null : CallerTexts.cut(value);
    this.bound = bound;
  }

  /** 400: the value is outside the bound. */
  public static CallerFault of(String field, @Nullable Object value, String bound) {
    String shown = String.valueOf(value);
    return new CallerFault(
        400, field, shown, bound, field + " must be " + bound + ", was " + CallerTexts.cut(shown));
  }

  /** 400 without a field: the body as a whole can't be read. */
  public static CallerFault malformed(String message) {
    return new CallerFault(400, null, null, "one JSON document", message);
  }

  /** 404. */
  public static CallerFault unknown(String field, String value) {
    return new CallerFault(404, field, value, "known", field + " \"" + value + "\" is not known");
  }

  /** 413. */
  public static CallerFault tooLarge(long maxBytes) {
    return new CallerFault(
        413,
        "body",
        null,
        "at most " + maxBytes + " bytes",
        "body must have at most " + maxBytes + " bytes");
  }

  public int status() {
    return status;
  }

  public @Nullable String field() {
    return field;
  }

  public @Nullable String value() {
    return value;
  }

  public @Nullable String bound() {
    return bound;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
