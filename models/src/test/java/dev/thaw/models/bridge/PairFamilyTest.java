package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairFamilyTest {
  private static final int FAMILIES = 40;
  private static final int PAIRS = 16;
  private static final int USERS = 45;

  private static GatedBridge alone(double p) {
    return decided(true, PairTest.alone(p));
  }

  private static GatedBridge decided(boolean enabled, PairTest test) {
    Bridge bridge =
        new LinearBridge(
            new DomainId("books"),
            new DomainId("movies"),
            1,
            new float[] {0, 1},
            new BiasTransfer(0));
    return new GatedBridge(
        bridge,
        new GateDecision(
            enabled, "ndcg@10", 0.2, 0.1, new Interval(0.1, 0.01, 0.2, 100), 1, 2, test));
  }

  @Test
  void theLevelStepsDownFromTheSmallestPValue() {
    List<GatedBridge> decided =
        PairFamily.decide(List.of(alone(0.02), alone(0.011), alone(0.03)), 3);
    assertThat(decided.stream().map(each -> each.decision().enabled()))
        .containsExactly(true, true, true);
    decided = PairFamily.decide(List.of(alone(0.03), alone(0.011), alone(0.04)), 3);
    assertThat(decided.stream().map(each -> each.decision().enabled()))
        .as("0.03 is 0.06 among the two that are left, and takes 0.04 with it")
        .containsExactly(false, true, false);
    PairTest test = decided.get(2).decision().test();
    assertThat(test.p()).isEqualTo(0.04);
    assertThat(test.adjusted()).isCloseTo(0.06, within(1e-12));
    assertThat(test.pairs()).isEqualTo(3);
    assertThat(decided.get(2).decision().reason())
        .isEqualTo("its p-value of 0.0400 is 0.0600 among 3 pairs, above 0.05");
  }

  @Test
  void pairsTrainedElsewhereCountAsNotEnabled() {
    List<GatedBridge> bridges = List.of(alone(0.02), alone(0.001));
    assertThat(PairFamily.decide(bridges, 2).get(0).decision().enabled()).isTrue();
    GateDecision among = PairFamily.decide(bridges, 4).get(0).decision();
    assertThat(among.test().adjusted()).isCloseTo(0.06, within(1e-12));
    assertThat(among.enabled()).isFalse();
  }

  @Test
  void nothingOpensThatWasShutAlone() {
    GatedBridge shut = decided(false, PairTest.alone(0.001));
    assertThat(PairFamily.decide(List.of(shut), 1).get(0).decision()).isEqualTo(shut.decision());
    assertThat(PairFamily.decide(List.of(shut), 9).get(0).decision().enabled()).isFalse();
  }

  @Test
  void wrongFamiliesAreRefused() {
    List<GatedBridge> twice = PairFamily.decide(List.of(alone(0.01), alone(0.02)), 2);
    assertThatThrownBy(() -> PairFamily.decide(twice, 2))
        .hasMessage("bridge books -> movies must have been decided alone, was among 2");
    assertThatThrownBy(() -> PairFamily.decide(twice, 1))
        .hasMessage("pairs must be in [2, 1000], were 1");
    assertThatThrownBy(() -> PairFamily.decide(twice, 1001)).hasMessageContaining("were 1001");
    assertThatThrownBy(() -> PairFamily.requireSize(1001)).hasMessageContaining("were 1001");
    assertThatThrownBy(() -> new PairTest(0.2, 0.1, 2)).hasMessageContaining("p <= adjusted");
  }

  @Test
  void aPairAmongTheMostThereMayBeCanStillOpen() {
    double[] gains = new double[USERS];
    Arrays.fill(gains, 0.1);
    double p = PairFamily.TEST.pValueAbove(gains, 0, new SplittableRandom(1));
    assertThat(
            PairFamily.decide(List.of(alone(p)), PairFamily.MAX_PAIRS).get(0).decision().enabled())
        .isTrue();
  }

  @Test
  void theTestIsReadAsItWasWritten() {
    GateDecision decision =
        PairFamily.decide(List.of(alone(0.03), alone(0.011)), 3).get(0).decision();
    BinaryWriter out = new BinaryWriter();
    decision.write(out);
    assertThat(GateDecision.read(new BinaryReader("decision", out.toByteArray())))
        .isEqualTo(decision);
  }

  /** Figures of a bridge and of its fallback are draws of one distribution, mostly zeros. */
  @Test
  void ofFamiliesOfPairsWithNothingToTransferAtMostOneInTwentyOpensAny() {
    SplittableRandom random = new SplittableRandom(17);
    int uncorrected = 0;
    int corrected = 0;
    for (int family = 0; family < FAMILIES; family++) {
      List<GatedBridge> alone = new ArrayList<>();
      for (int pair = 0; pair < PAIRS; pair++) {
        alone.add(unrelated(random));
      }
      uncorrected += anyOpen(alone) ? 1 : 0;
      corrected += anyOpen(PairFamily.decide(alone, PAIRS)) ? 1 : 0;
    }
    assertThat(uncorrected).as("of %s", FAMILIES).isGreaterThan(FAMILIES / 8);
    assertThat(corrected).as("of %s, uncorrected %s", FAMILIES, uncorrected).isLessThan(3);
  }

  private static boolean anyOpen(List<GatedBridge> family) {
    return family.stream().anyMatch(each -> each.decision().enabled());
  }

  private static GatedBridge unrelated(SplittableRandom random) {
    double[] bridged = figures(random);
    int[] lengths = random.ints(USERS, 1, 50).toArray();
    GateJury.Verdict verdict =
        new GateJury(List.of(figures(random)), lengths)
            .decide(List.of(bridged, bridged), bridged, random);
    PairTest test = verdict.test(random);
    GateDecision decision =
        new GateDecision(
            verdict.isFor(test), "ndcg@10", 0, 0, verdict.difference(), verdict.least(), 1, test);
    return new GatedBridge(alone(0.5).bridge(), decision);
  }

  private static double[] figures(SplittableRandom random) {
    return random.doubles(USERS).map(draw -> Math.max(0, draw - 0.6)).toArray();
  }

  @Test
  void pairsThatShareTooFewUsersAreNoneOfTheFamily() {
    Map<DomainId, Interactions> all =
        Map.of(
            new DomainId("books"), likes("books", 0, 300),
            new DomainId("movies"), likes("movies", 0, 150),
            new DomainId("music"), likes("music", 250, 400));
    DomainDefinitions domains =
        DomainDefinitions.of(
            List.of(
                domain("books", "movies", "music"),
                domain("movies", "books", "music"),
                domain("music", "books", "movies", "games"),
                domain("games", "books")),
            List.of());
    assertThat(PairFamily.size(domains, each -> Optional.ofNullable(all.get(each)))).isEqualTo(2);
  }

  private static DomainDefinition domain(String name, String... sources) {
    DomainDefinition shipped = DomainDefinitions.shipped().all().get(0);
    return new DomainDefinition(
        new DomainId(name),
        shipped.minRating(),
        shipped.maxRating(),
        shipped.positiveRating(),
        shipped.positiveTypes(),
        shipped.attributes(),
        Arrays.stream(sources).map(DomainId::new).toList());
  }

  private static Interactions likes(String domain, int from, int to) {
    InteractionsBuilder builder = Interactions.builder(new DomainId(domain));
    for (int u = from; u < to; u++) {
      builder.add(new UserId("u" + u), new ItemId(domain + u % 7), 5);
    }
    return builder.build();
  }
}
