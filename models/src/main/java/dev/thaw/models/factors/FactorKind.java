package dev.thaw.models.factors;

/** What the scores of a factor model mean. */
public enum FactorKind {
  /** Predicted ratings. */
  EXPLICIT,
  /** Preferences, comparable only among the items of one user. */
  IMPLICIT
}
