package dev.thaw.models.diversity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes candidates by score, but no more than a share of the list from one category. Where that
 * leaves places free, the skipped ones fill them by score: the list is never shorter for being
 * varied. An item counts in each of its categories; one without counts in none. O(candidates).
 *
 * @param maxShare largest share of the whole list, fixed items included, of one category, in (0, 1]
 */
public record CategoryCap(double maxShare) implements DiversityRule {
  public CategoryCap {
    if (!(maxShare > 0 && maxShare <= 1)) {
      throw new IllegalArgumentException("maxShare must be in (0, 1], was " + maxShare);
    }
  }

  @Override
  public int[] select(List<Candidate> candidates, List<Candidate> fixed, int k) {
    int wanted = Selections.size(candidates, k);
    int cap = Math.max(1, (int) Math.floor(maxShare * (fixed.size() + wanted)));
    Map<String, Integer> counts = new HashMap<>();
    fixed.forEach(item -> count(item, counts));
    int[] selected = new int[wanted];
    boolean[] taken = new boolean[candidates.size()];
    int size = 0;
    for (int i = 0; i < taken.length && size < wanted; i++) {
      if (fits(candidates.get(i), counts, cap)) {
        count(candidates.get(i), counts);
        taken[i] = true;
        selected[size++] = i;
      }
    }
    for (int i = 0; i < taken.length && size < wanted; i++) {
      if (!taken[i]) {
        selected[size++] = i;
      }
    }
    return selected;
  }

  private static boolean fits(Candidate candidate, Map<String, Integer> counts, int cap) {
    for (String category : candidate.categories()) {
      if (counts.getOrDefault(category, 0) >= cap) {
        return false;
      }
    }
    return true;
  }

  private static void count(Candidate candidate, Map<String, Integer> counts) {
    for (String category : candidate.categories()) {
      counts.merge(category, 1, Integer::sum);
    }
  }
}
