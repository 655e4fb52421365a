package dev.thaw.serving.snapshot;

/** Interactions of a domain's items by their numbers; one thread replaces, any number reads. */
final class InteractionCounts {
  private volatile long[] byNumber = {};

  /** Not to be changed; items beyond its length have none known. */
  long[] now() {
    return byNumber;
  }

  void replace(long[] counts) {
    byNumber = counts;
  }
}
