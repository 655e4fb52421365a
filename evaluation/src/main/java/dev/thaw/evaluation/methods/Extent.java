package dev.thaw.evaluation.methods;

/** Which methods are trained. */
public enum Extent {
  /** What serving routes between. */
  SERVED,
  /** Those and what they are compared with, but for the networks. */
  WITHOUT_NETWORKS,
  ALL;

  boolean hasBaselines() {
    return this != SERVED;
  }

  boolean hasNetworks() {
    return this == ALL;
  }
}
