package dev.thaw.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.methods.RankingMethod.Role;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.MaxT;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvelopeCheckTest {
  private static final int ITEMS = 40;
  private static final PopularityThirds THIRDS = PopularityThirds.of(nobodyLikes());

  private static Interactions nobodyLikes() {
    var builder = Interactions.builder(new DomainId("movies"));
    IntStream.range(0, ITEMS).forEach(i -> builder.addItem(PopularityThirdsTest.item(i)));
    return builder.build();
  }

  /**
   * Users like item 0; a method of this quality puts it first for that share of them, else last.
   */
  private static RankedUsers ranked(String name, Role role, double quality, int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<UserId> ids = IntStream.range(0, users).mapToObj(u -> new UserId("u" + u)).toList();
    RankedUsers ranked = new RankedUsers(new Competitor(name, role), ids);
    for (int u = 0; u < users; u++) {
      float[] scores = new float[ITEMS];
      scores[0] = random.nextDouble() < quality ? 1 : -1;
      ranked.put(u, scores, new Asked(Set.of(), Set.of(0)), null, THIRDS, true);
    }
    return ranked;
  }

  private static Figures.Envelope check(RankedUsers... methods) {
    TreeMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    ranked.put(1, List.of(methods));
    Measurements measured =
        new Measurements(
            new Measurements.Subject("movies", "test", "", "", ITEMS, List.of(0, 0, ITEMS)),
            ranked,
            new TreeMap<>());
    return new EnvelopeCheck(MaxT.DEFAULT, -0.05, 3).of(measured).get(0);
  }

  @Test
  void aHybridThatIsItsBestMethodPasses() {
    Figures.Envelope envelope =
        check(
            ranked("popularity", Role.BASELINE, 0.2, 400, 1),
            ranked("good", Role.SINGLE, 0.6, 400, 2),
            ranked("hybrid", Role.HYBRID, 0.6, 400, 2));
    assertThat(envelope.verdict()).isEqualTo("pass");
    assertThat(envelope.cells())
        .extracting(Figures.Envelope.Cell::method)
        .containsExactly("popularity", "good");
    assertThat(envelope.cells().get(1).difference().low()).as("the same lists").isZero();
  }

  @Test
  void aHybridFarBelowOneMethodFailsWhateverTheOthersAre() {
    assertThat(
            check(
                    ranked("popularity", Role.BASELINE, 0.2, 400, 1),
                    ranked("good", Role.SINGLE, 0.9, 400, 2),
                    ranked("hybrid", Role.HYBRID, 0.4, 400, 3))
                .verdict())
        .isEqualTo("fail");
  }

  @Test
  void tooFewUsersDecideNothing() {
    Figures.Envelope envelope =
        check(
            ranked("popularity", Role.BASELINE, 0.5, 30, 1),
            ranked("good", Role.SINGLE, 0.5, 30, 2),
            ranked("hybrid", Role.HYBRID, 0.5, 30, 3));
    assertThat(envelope.verdict()).isEqualTo("undecided");
    assertThat(envelope.users()).isEqualTo(30);
  }

  @Test
  void theMarginIsNarrowerWithMoreUsersAndBelowZero() {
    assertThat(EnvelopeCheck.margin(943)).isEqualTo(-0.010);
    assertThat(EnvelopeCheck.margin(6_040)).isEqualTo(-0.005);
    assertThatThrownBy(() -> new EnvelopeCheck(MaxT.DEFAULT, 0.01, 0)).hasMessageContaining("0.01");
  }
}
