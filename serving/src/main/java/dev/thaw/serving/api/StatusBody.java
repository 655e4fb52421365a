package dev.thaw.serving.api;

import java.util.Map;

/** Body of health and readiness. */
public final class StatusBody {
  private StatusBody() {}

  /** {@code {"status": ..., name: value, ...}} in UTF-8. */
  public static byte[] of(String status, Map<String, ?> details) {
    return AnswerWriter.status(status, details);
  }
}
