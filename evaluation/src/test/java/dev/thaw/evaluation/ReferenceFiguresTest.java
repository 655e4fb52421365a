package dev.thaw.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.SplitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Published splits, read in place: simple methods must reproduce their reference figures to the
 * third digit, which checks the protocol; learned ones must not fall below what they reached.
 */
class ReferenceFiguresTest {
  private static final Extent QUICK = new Extent(true, false, false, false);
  private static final Path SPLITS = Path.of("../../shared/data/splits");

  private static Figures run(String split, List<Integer> counts, Extent extent) throws IOException {
    Path folder = SPLITS.resolve(split);
    assumeTrue(Files.isDirectory(folder), folder + " is not here");
    Experiment experiment = new SplitFolder(folder, Map.of(), Map.of(), List.of()).read();
    return new Evaluation(counts, extent, 2, 0).run(experiment, null, (part, done, of) -> {});
  }

  private static Figures.Ranking ranking(Figures figures, String method, int k) {
    return figures.rankings().stream()
        .filter(row -> row.method().equals(method) && row.k() == k)
        .findFirst()
        .orElseThrow();
  }

  private static Figures.Rating rating(Figures figures, String method) {
    return figures.ratings().stream()
        .filter(row -> row.method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void usersOfMovieLensByTheirFirstLikes() throws IOException {
    Figures figures = run("ml100k_implicit_seed0", List.of(1, 3, 10), QUICK);
    Figures.Ranking popularity = ranking(figures, "popularity", 1);
    assertThat(popularity.recall10().mean()).isCloseTo(0.072, within(0.001));
    assertThat(popularity.ndcg10().mean()).isCloseTo(0.377, within(0.001));
    assertThat(ranking(figures, "item-cosine", 1).ndcg10().mean()).isCloseTo(0.294, within(0.001));
    assertThat(ranking(figures, "item-cosine", 10).ndcg10().mean()).isCloseTo(0.396, within(0.001));
    assertThat(ranking(figures, "naive-bayes", 1).ndcg10().mean()).isGreaterThan(0.377);
    // the bar is the best of the simple methods at each number
    for (Map.Entry<Integer, Double> bar : Map.of(1, 0.380, 3, 0.381, 10, 0.387).entrySet()) {
      assertThat(ranking(figures, "item-to-item", bar.getKey()).ndcg10().mean())
          .isGreaterThan(bar.getValue());
    }
    assertThat(ranking(figures, "implicit-als", 1).ndcg10().mean()).isGreaterThan(0.365);
    assertThat(ranking(figures, "implicit-als", 10).ndcg10().mean()).isGreaterThan(0.36);
  }

  @Test
  void readersWhoAreNewToMovies() throws IOException {
    Figures figures = run("books2movies_seed0", List.of(-1), QUICK);
    assertThat(rating(figures, "item mean").mae()).isCloseTo(0.761, within(0.001));
    assertThat(rating(figures, "item mean + source-domain bias").mae()).isLessThan(0.70);
    assertThat(ranking(figures, "popularity", -1).ndcg10().mean()).isCloseTo(0.072, within(0.001));
    Figures.Ranking ridge = ranking(figures, "item-to-item ridge source", -1);
    assertThat(ridge.ndcg10().mean()).isGreaterThan(0.14);
    assertThat(ridge.versusPopularity().isAboveZero()).isTrue();
    Figures.Ranking bridged = ranking(figures, "cross-domain", -1);
    assertThat(bridged.answered()).isEqualTo(bridged.users());
    assertThat(bridged.ndcg10().mean()).isGreaterThan(ridge.ndcg10().mean() + 0.005);
    assertThat(bridged.versusPopularity().isAboveZero()).isTrue();
  }

  @Test
  void ratersByTheirSupport() throws IOException {
    Figures figures = run("melu_ml1m_seed0", List.of(-1), QUICK);
    Figures.Rating itemMean = rating(figures, "item mean");
    assertThat(itemMean.mae()).isCloseTo(0.784, within(0.001));
    assertThat(itemMean.ndcg1()).isCloseTo(0.748, within(0.001));
    assertThat(itemMean.ndcg3()).isCloseTo(0.761, within(0.001));
    assertThat(rating(figures, "user + item bias").mae()).isCloseTo(0.740, within(0.001));
    assertThat(rating(figures, "explicit-als").mae()).isLessThan(0.735);
    assertThat(rating(figures, "explicit-als").ndcg3()).isGreaterThan(0.768);
  }
}
