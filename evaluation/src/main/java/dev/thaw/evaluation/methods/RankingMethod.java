package dev.thaw.evaluation.methods;

/** Scores the whole catalogue of the target domain. Thread-safe. */
public interface RankingMethod {
  String name();

  /** What was chosen or measured in training, for the report; empty if there is nothing to say. */
  default String note() {
    return "";
  }

  /**
   * One score per item, by its number in the experiment's training data; higher is better.
   *
   * @return whether the method has an answer for this user; if not, the figures count popularity
   */
  boolean score(Evidence user, float[] out);
}
