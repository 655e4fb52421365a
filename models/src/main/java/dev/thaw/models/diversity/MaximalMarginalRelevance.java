package dev.thaw.models.diversity;

import java.util.List;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): takes, one after the other, the
 * candidate with the largest {@code lambda rel(i) - (1 - lambda) max_j cos(i, j)} over the items j
 * already placed; relevance is the score scaled to [0, 1] over the candidates. Items without vector
 * are similar to none. O(k candidates d), with the running maximum kept per candidate.
 *
 * @param lambda weight of relevance, in [0, 1]; 1 keeps the order of scores
 */
public record MaximalMarginalRelevance(double lambda) implements DiversityRule {
  public MaximalMarginalRelevance {
    if (!(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException("lambda must be in [0, 1], was " + lambda);
    }
  }

  @Override
  public int[] select(List<Candidate> candidates, List<Candidate> fixed, int k) {
    int wanted = Selections.size(candidates, k);
    int[] selected = new int[wanted];
    if (wanted == 0) {
      return selected;
    }
    double top = candidates.get(0).score();
    double range = top - candidates.get(candidates.size() - 1).score();
    boolean[] taken = new boolean[candidates.size()];
    double[] nearest = new double[candidates.size()];
    for (Candidate item : fixed) {
      approach(nearest, candidates, item);
    }
    for (int place = 0; place < wanted; place++) {
      int best = -1;
      double bestValue = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < taken.length; i++) {
        double relevance = range == 0 ? 1 : 1 - (top - candidates.get(i).score()) / range;
        double value = lambda * relevance - (1 - lambda) * nearest[i];
        if (!taken[i] && value > bestValue) {
          bestValue = value;
          best = i;
        }
      }
      taken[best] = true;
      selected[place] = best;
      approach(nearest, candidates, candidates.get(best));
    }
    return selected;
  }

  private static void approach(double[] nearest, List<Candidate> candidates, Candidate placed) {
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = Math.max(nearest[i], cosine(candidates.get(i).vector(), placed.vector()));
    }
  }

  private static double cosine(float[] a, float[] b) {
    if (a.length != b.length) {
      return 0;
    }
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }
}
