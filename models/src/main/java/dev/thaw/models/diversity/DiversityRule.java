package dev.thaw.models.diversity;

import java.util.List;

/** Chooses and orders k of the candidates. Pure and thread-safe. */
public interface DiversityRule {
  /**
   * @param candidates by falling score
   * @param fixed the items already placed before these (bandit slots); they count, but never move
   * @return indices into candidates, min(k, candidates) of them, all different
   */
  int[] select(List<Candidate> candidates, List<Candidate> fixed, int k);

  /**
   * @param score larger is better, finite
   * @param categories of the item, may be empty
   * @param vector unit vector for similarity, empty if unknown
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Candidate(double score, List<String> categories, float[] vector) {}
}
