package dev.thaw.evaluation.claims;

/**
 * A claim of something that is not there to be measured.
 *
 * @param missing what would have to be built
 */
record NotBuilt(String text, String source, String missing) implements Claim {
  @Override
  public String holdsIf() {
    return "";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    return notMeasurable(run, missing);
  }
}
