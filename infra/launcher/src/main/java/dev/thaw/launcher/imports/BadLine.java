package dev.thaw.launcher.imports;

/** A line that can't be used; it is rejected and the rest goes on. */
public final class BadLine extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the field at fault
   * @param reason value and bound
   */
  public BadLine(String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  String field() {
    return field;
  }

  /**
   * @throws BadLine unless the text is a finite number
   */
  static double number(String field, String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, with the value
    }
    throw new BadLine(field, field + " must be a finite number, was \"" + text + "\"");
  }

  /**
   * @throws BadLine unless the text is a whole number
   */
  static long integer(String field, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new BadLine(field, field + " must be a whole number, was \"" + text + "\"");
    }
  }
}
