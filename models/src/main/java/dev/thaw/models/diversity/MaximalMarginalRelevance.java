package dev.thaw.models.diversity;

import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import java.util.ArrayList;
import java.util.List;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): takes, one after the other, the
 * candidate with the largest {@code lambda rel(i) - (1 - lambda) max_j cos(i, j)} over the items j
 * already placed; relevance is the score scaled to [0, 1] over the candidates. Items without vector
 * are similar to none. O(k candidates d) at most.
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
    double[] relevance = new double[candidates.size()];
    for (int i = 0; i < relevance.length; i++) {
      relevance[i] = range == 0 ? 1 : 1 - (top - candidates.get(i).score()) / range;
    }
    Nearest nearest = new Nearest(candidates, fixed);
    boolean[] taken = new boolean[candidates.size()];
    for (int place = 0; place < wanted; place++) {
      int best = best(relevance, nearest, taken);
      while (nearest.update(best)) {
        best = best(relevance, nearest, taken);
      }
      taken[best] = true;
      selected[place] = best;
      nearest.place(candidates.get(best));
    }
    return selected;
  }

  private int best(double[] relevance, Nearest nearest, boolean[] taken) {
    int best = -1;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < taken.length; i++) {
      double value = lambda * relevance[i] - (1 - lambda) * nearest.cosines[i];
      if (!taken[i] && value > bestValue) {
        bestValue = value;
        best = i;
      }
    }
    return best;
  }

  /**
   * Largest cosines with the items placed so far, each known up to some of them. They only grow, so
   * that a candidate's value can only fall: one that is best with what is known of it, and stays so
   * when it is brought up to date, is best. Most candidates are never compared with most placed
   * items.
   */
  private static final class Nearest {
    private final List<Candidate> candidates;
    private final List<Candidate> placed;
    private final double[] cosines;
    private final int[] compared;

    Nearest(List<Candidate> candidates, List<Candidate> fixed) {
      this.candidates = candidates;
      this.placed = new ArrayList<>(fixed);
      this.cosines = new double[candidates.size()];
      this.compared = new int[candidates.size()];
    }

    void place(Candidate item) {
      placed.add(item);
    }

    /**
     * @return whether the candidate's largest cosine has grown
     */
    boolean update(int candidate) {
      double before = cosines[candidate];
      float[] vector = candidates.get(candidate).vector();
      for (; compared[candidate] < placed.size(); compared[candidate]++) {
        double cosine = cosine(vector, placed.get(compared[candidate]).vector());
        cosines[candidate] = Math.max(cosines[candidate], cosine);
      }
      return cosines[candidate] > before;
    }
  }

  private static double cosine(float[] a, float[] b) {
    return a.length == b.length ? InnerProduct.of(a, b, a.length) : 0;
  }
}
