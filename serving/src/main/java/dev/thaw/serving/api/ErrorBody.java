package dev.thaw.serving.api;

/** Body of refusals that are about no field. */
public final class ErrorBody {
  private ErrorBody() {}

  /** The error form of the interface, in UTF-8. */
  public static byte[] of(String message) {
    return AnswerWriter.error(null, null, null, message);
  }
}
