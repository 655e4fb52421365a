package dev.thaw.launcher.commands;

/** What is asked of worlds of ratings. */
enum RatingsStudy {
  /** What starting new items from their content is worth. */
  FIRST_WEEKS("first-weeks"),
  /** What is assumed of new items. */
  PRIORS("priors"),
  /** What exploring slots cost and earn. */
  EXPLORING("exploring");

  private final String label;

  RatingsStudy(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
