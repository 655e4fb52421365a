package dev.thaw.serving.api;

import dev.thaw.serving.breaker.Degradation;

/** A call that nothing can stand in for could not be made; the same may go well again soon. */
public final class DependencyAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean late;

  public DependencyAway(Degradation degradation) {
    super(degradation + "; try again later", null, false, false);
    this.late = degradation.reason().equals("timeout");
  }

  /** Whether it was made and did not end in time. */
  boolean isLate() {
    return late;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
