package dev.thaw.models.onboarding;

import dev.thaw.models.diversity.CategoryCap;
import dev.thaw.models.diversity.DiversityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Chooses the items that a newcomer is asked about: known to many, and different from each other,
 * since a second film of the same kind tells less than one of another. Pure, thread-safe.
 *
 * @param pool how many of the most popular items may be asked about
 * @param rule takes the questions out of these
 */
public record QuestionChooser(int pool, DiversityRule rule) {
  /** At most a quarter of the questions about one category. */
  public static final QuestionChooser DEFAULT = new QuestionChooser(300, new CategoryCap(0.25));

  /** Places after which an item is half as much worth asking about. */
  private static final double HALF = 50;

  public QuestionChooser {
    if (pool < 1) {
      throw new IllegalArgumentException("pool must be >= 1, was " + pool);
    }
  }

  /**
   * @param known the most popular items that may be asked about, best known first; those after the
   *     pool are not looked at
   * @return k of them, or fewer where there are fewer
   */
  public <T> List<T> choose(List<T> known, Function<T, List<String>> categories, int k) {
    List<DiversityRule.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < Math.min(pool, known.size()); i++) {
      candidates.add(
          new DiversityRule.Candidate(1 / (1 + i / HALF), categories.apply(known.get(i))));
    }
    List<T> questions = new ArrayList<>();
    for (int chosen : rule.select(candidates, List.of(), k)) {
      questions.add(known.get(chosen));
    }
    return questions;
  }
}
