package dev.thaw.models.diversity;

import java.util.List;

/** Chooses and orders k of the candidates. Pure and thread-safe. */
public interface DiversityRule {
  /**
   * @param candidates by falling score
   * @param fixed the items already placed before these (bandit slots); they count, but never move
   * @return indices into candidates, min(k, candidates) of them, all different, in list order
   * @throws IllegalArgumentException if scores rise or k is negative
   */
  int[] select(List<Candidate> candidates, List<Candidate> fixed, int k);

  /** By score alone. */
  static DiversityRule none() {
    return (candidates, fixed, k) -> {
      int[] selected = new int[Selections.size(candidates, k)];
      for (int i = 0; i < selected.length; i++) {
        selected[i] = i;
      }
      return selected;
    };
  }

  /** What rules look at. Holds the array it is given; nobody changes it. */
  final class Candidate {
    private static final float[] NONE = {};
    private final double score;
    private final List<String> categories;
    private final float[] vector;

    /**
     * @param score larger is better, finite
     * @param categories of the item, may be empty
     * @param vector unit vector, empty if unknown
     */
    public Candidate(double score, List<String> categories, float[] vector) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("score must be finite, was " + score);
      }
      this.score = score;
      this.categories = List.copyOf(categories);
      this.vector = vector;
    }

    public Candidate(double score, List<String> categories) {
      this(score, categories, NONE);
    }

    public double score() {
      return score;
    }

    public List<String> categories() {
      return categories;
    }

    float[] vector() {
      return vector;
    }
  }
}
