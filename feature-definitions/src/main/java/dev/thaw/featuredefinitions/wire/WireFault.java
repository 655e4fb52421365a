package dev.thaw.featuredefinitions.wire;

/** Carries a rejection out of a parser. Without a stack trace: bad input is cheap, too. */
final class WireFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  WireFault(Rejection rejection) {
    super(rejection.toString(), null, false, false);
    this.rejection = rejection;
  }

  Rejection rejection() {
    return rejection;
  }
}
