package dev.thaw.evaluation.methods;

import dev.thaw.models.history.History;

/** Scores of the target's items for a history in a source. */
@FunctionalInterface
interface SourceScores {
  void score(History history, float[] out);
}
