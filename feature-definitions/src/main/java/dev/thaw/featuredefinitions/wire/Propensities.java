package dev.thaw.featuredefinitions.wire;

import java.io.IOException;

/** Probabilities with which something was shown: never 0, since it was shown. */
final class Propensities {
  private Propensities() {}

  static double read(JsonCursor in) throws IOException {
    double propensity = in.number();
    if (!(propensity > 0 && propensity <= 1)) {
      throw in.fault("must be in (0, 1]");
    }
    return propensity;
  }
}
