package dev.thaw.evaluation.methods;

import dev.thaw.models.served.Evidence;

/** Scores the whole catalogue of the target domain. Thread-safe. */
public interface RankingMethod {
  String name();

  /** What a method is in a comparison. */
  enum Role {
    /** Every other one is compared with it. */
    BASELINE,
    SINGLE,
    /** Routes to others: it should not be worse than the best of them alone. */
    HYBRID,
    /** A recommender of somebody else, known by its lists: compared with all of ours. */
    OTHER
  }

  default Role role() {
    return Role.SINGLE;
  }

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
