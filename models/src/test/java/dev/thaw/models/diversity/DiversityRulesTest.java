package dev.thaw.models.diversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.models.diversity.DiversityRule.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DiversityRulesTest {
  private static final List<DiversityRule> RULES =
      List.of(DiversityRule.none(), new CategoryCap(0.4), new MaximalMarginalRelevance(0.7));

  private static List<Candidate> candidates(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = random.doubles(n).sorted().toArray();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double angle = random.nextDouble(Math.PI);
      candidates.add(
          new Candidate(
              scores[n - 1 - i],
              List.of("c" + random.nextInt(4)),
              new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}));
    }
    return candidates;
  }

  @Property(tries = 200, seed = "601")
  void everyRuleSelectsDifferentCandidatesAndAsManyAsThereAre(
      @ForAll @IntRange(max = 40) int n, @ForAll @IntRange(max = 20) int k, @ForAll long seed) {
    List<Candidate> candidates = candidates(n, seed);
    List<Candidate> fixed = candidates(2, seed + 1);
    for (DiversityRule rule : RULES) {
      int[] selected = rule.select(candidates, fixed, k);
      assertThat(selected).hasSize(Math.min(k, n)).doesNotHaveDuplicates();
      assertThat(Arrays.stream(selected).allMatch(i -> i >= 0 && i < n)).isTrue();
    }
  }

  private static Candidate in(double score, String... categories) {
    return new Candidate(score, List.of(categories));
  }

  @Test
  void noCategoryTakesMoreThanItsShareFixedItemsIncluded() {
    List<Candidate> candidates =
        List.of(in(9, "a"), in(8, "a"), in(7, "a"), in(6, "b"), in(5, "a", "b"), in(4), in(3, "c"));
    int[] selected = new CategoryCap(0.5).select(candidates, List.of(in(0, "a")), 5);
    // 6 places, at most 3 of a: one is fixed, so two more
    assertThat(selected).containsExactly(0, 1, 3, 5, 6);
  }

  @Test
  void skippedCandidatesFillPlacesNobodyElseCanTake() {
    List<Candidate> candidates = List.of(in(9, "a"), in(8, "a"), in(7, "a"), in(6, "b"));
    assertThat(new CategoryCap(0.25).select(candidates, List.of(), 4)).containsExactly(0, 3, 1, 2);
  }

  @Test
  void lambdaOneKeepsTheOrderAndLowerOnesSpreadSimilarItems() {
    float[] east = {1, 0};
    float[] north = {0, 1};
    List<Candidate> candidates =
        List.of(
            new Candidate(1.0, List.of(), east),
            new Candidate(0.9, List.of(), east),
            new Candidate(0.5, List.of(), north),
            new Candidate(0.0, List.of(), east));
    assertThat(new MaximalMarginalRelevance(1).select(candidates, List.of(), 3))
        .containsExactly(0, 1, 2);
    assertThat(new MaximalMarginalRelevance(0.5).select(candidates, List.of(), 3))
        .containsExactly(0, 2, 1);
    assertThat(
            new MaximalMarginalRelevance(0.3)
                .select(candidates, List.of(new Candidate(1, List.of(), east)), 1))
        .containsExactly(2);
  }

  /** The definition, every candidate compared with every placed item. */
  private static int[] plainMarginalRelevance(
      double lambda, List<Candidate> candidates, List<Candidate> fixed, int k) {
    double top = candidates.get(0).score();
    double range = top - candidates.get(candidates.size() - 1).score();
    List<Candidate> placed = new ArrayList<>(fixed);
    List<Integer> selected = new ArrayList<>();
    while (selected.size() < Math.min(k, candidates.size())) {
      int best = -1;
      double bestValue = 0;
      for (int i = 0; i < candidates.size(); i++) {
        double nearest = 0;
        for (Candidate each : placed) {
          float[] a = candidates.get(i).vector();
          float[] b = each.vector();
          nearest = Math.max(nearest, a[0] * b[0] + a[1] * b[1]);
        }
        double relevance = range == 0 ? 1 : 1 - (top - candidates.get(i).score()) / range;
        double value = lambda * relevance - (1 - lambda) * nearest;
        if (!selected.contains(i) && (best < 0 || value > bestValue)) {
          best = i;
          bestValue = value;
        }
      }
      selected.add(best);
      placed.add(candidates.get(best));
    }
    return selected.stream().mapToInt(i -> i).toArray();
  }

  @Property(tries = 300, seed = "602")
  void comparingOnlyWhereItMattersSelectsWhatComparingAllDoes(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(max = 20) int k,
      @ForAll @IntRange(max = 10) int tenths,
      @ForAll long seed) {
    List<Candidate> candidates = candidates(n, seed);
    List<Candidate> fixed = candidates((int) Math.floorMod(seed, 3L), seed + 1);
    assertThat(new MaximalMarginalRelevance(tenths / 10.0).select(candidates, fixed, k))
        .isEqualTo(plainMarginalRelevance(tenths / 10.0, candidates, fixed, k));
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> new CategoryCap(0)).hasMessage("maxShare must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> new MaximalMarginalRelevance(1.1)).hasMessageContaining("was 1.1");
    assertThatThrownBy(() -> new CategoryCap(1).select(List.of(in(1), in(2)), List.of(), 2))
        .hasMessage("candidates must be by falling score, was 2.0 at 1 after 1.0");
    assertThatThrownBy(() -> new Candidate(Double.NaN, List.of())).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new CategoryCap(1).select(List.of(), List.of(), -1))
        .hasMessage("k must be >= 0, was -1");
  }
}
