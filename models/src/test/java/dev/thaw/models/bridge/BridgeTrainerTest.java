package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BridgeTrainerTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static final DomainId MOVIES = new DomainId("movies");
  private static final int TASTES = 4;
  private static final int ITEMS_OF_TASTE = 25;
  private static final int SEEDS = 20;

  /**
   * Users, 400 by default, like 10 items of their one taste in both domains.
   *
   * @param related whether a user's taste is the same in both, else a fresh draw
   */
  private static BridgeData data(boolean related) {
    return data(related, 400, 11);
  }

  private static BridgeData data(boolean related, int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder books = Interactions.builder(BOOKS);
    InteractionsBuilder movies = Interactions.builder(MOVIES);
    for (int u = 0; u < users; u++) {
      UserId user = new UserId("u" + u);
      int inBooks = random.nextInt(TASTES);
      int inMovies = related ? inBooks : random.nextInt(TASTES);
      for (int n = 0; n < 10; n++) {
        books.add(user, item("b", inBooks, random), 5);
        movies.add(user, item("m", inMovies, random), 5);
      }
    }
    Interactions source = books.build();
    Interactions target = movies.build();
    return new BridgeData(source, target, factors(source), factors(target));
  }

  private static ItemId item(String prefix, int taste, SplittableRandom random) {
    return new ItemId(prefix + taste + "-" + random.nextInt(ITEMS_OF_TASTE));
  }

  private static FactorModel factors(Interactions data) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(8, 10, 4, 8, 0),
            new RatingScale(1, 5, 4),
            1,
            TrainingProgress.SILENT)
        .fit(data, new SplittableRandom(2));
  }

  private static GatedBridge fit(BridgeData data) {
    return new BridgeTrainer().fit(data, new SplittableRandom(4));
  }

  @Test
  void relatedDomainsOpenTheGateAndTheMappedUserFindsTheTaste() {
    BridgeData data = data(true);
    GatedBridge bridge = fit(data);
    GateDecision gate = bridge.decision();
    assertThat(gate.enabled()).as("%s", gate).isTrue();
    assertThat(gate.bridged()).isGreaterThan(gate.targetOnly());
    History reader = data.source().history(0);
    String taste = reader.entries().get(0).item().value().substring(1, 2);
    UserVector mapped = bridge.map(reader, data.sourceModel()).orElseThrow().vector();
    FactorModel target = data.targetModel();
    float[] scores = new float[target.items().size()];
    target.score(mapped, scores);
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    assertThat(target.items().get(best).value()).startsWith("m" + taste);
  }

  @Test
  void unrelatedDomainsKeepItShutAndNobodyIsMapped() {
    BridgeData data = data(false);
    GatedBridge bridge = fit(data);
    assertThat(bridge.decision().enabled()).as("%s", bridge.decision()).isFalse();
    assertThat(bridge.map(data.source().history(0), data.sourceModel())).isEmpty();
  }

  @Test
  void aFallbackThatIsBetterKeepsItShut() {
    BridgeData data = data(true);
    Fallbacks oracle =
        known ->
            List.of(
                (user, out) -> {
                  Arrays.fill(out, 0);
                  data.target()
                      .history(user)
                      .entries()
                      .forEach(liked -> out[known.positives().items().indexOf(liked.item())] = 1);
                });
    GateDecision gate = new BridgeTrainer(1, oracle).fit(data, new SplittableRandom(4)).decision();
    assertThat(gate.enabled()).as("%s", gate).isFalse();
  }

  @Test
  void whatAnswersInsteadIsTrainedWithoutTheUsersWhoDecide() {
    BridgeData data = data(true);
    List<UserId> known = new java.util.ArrayList<>();
    List<UserId> asked = new java.util.ArrayList<>();
    Fallbacks spy =
        target -> {
          for (Interactions each : List.of(target.positives(), target.met())) {
            for (UserId user : each.users()) {
              if (each.rowLength(each.indexOf(user)) > 0) {
                known.add(user);
              }
            }
          }
          return List.of((user, out) -> asked.add(user));
        };
    new BridgeTrainer(1, spy).fit(data, new SplittableRandom(4));
    assertThat(asked).hasSizeGreaterThan(100).doesNotContainAnyElementsOf(known);
    assertThat(known).hasSizeGreaterThan(200);
  }

  @Test
  void unrelatedDomainsSeldomOpenItHoweverFewUsersTheyShare() {
    assertThat(fit(data(false, 10, 0)).decision().enabled()).as("too few to decide").isFalse();
    List<GatedBridge> pairs = new ArrayList<>();
    for (int users : List.of(110, 170)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        pairs.add(fit(data(false, users, seed)));
      }
    }
    // the 99 % quantile of as many draws at the 5 % of the interval
    assertThat(enabled(pairs)).as("of %s", 2 * SEEDS).isLessThanOrEqualTo(6);
    assertThat(enabled(PairFamily.decide(pairs, pairs.size())))
        .as("as pairs of one run")
        .isLessThanOrEqualTo(1);
  }

  private static long enabled(List<GatedBridge> pairs) {
    return pairs.stream().filter(each -> each.decision().enabled()).count();
  }

  @Test
  void tooShortASourceHistoryIsNotMapped() {
    BridgeData data = data(true);
    assertThat(fit(data).map(History.EMPTY, data.sourceModel())).isEmpty();
  }

  @Test
  void theBinaryFormMapsAlike() {
    BridgeData data = data(true);
    GatedBridge bridge = fit(data);
    BinaryWriter out = new BinaryWriter();
    bridge.write(out);
    GatedBridge read = GatedBridge.read(new BinaryReader("bridge", out.toByteArray()));
    assertThat(read.decision()).isEqualTo(bridge.decision());
    History history = data.source().history(3);
    assertThat(read.map(history, data.sourceModel()).map(GatedBridge.Mapped::vector))
        .isEqualTo(bridge.map(history, data.sourceModel()).map(GatedBridge.Mapped::vector));
  }

  @Test
  void oneDomainTwiceIsRefused() {
    BridgeData data = data(true);
    assertThatThrownBy(
            () ->
                new BridgeData(
                    data.source(), data.source(), data.sourceModel(), data.sourceModel()))
        .hasMessageContaining("two domains");
  }

  @Test
  void decisionsOfEarlierVersionsAreReadAndTrustNothing() {
    GateDecision decision = fit(data(true)).decision();
    BinaryWriter out = new BinaryWriter();
    decision.write(out);
    byte[] bytes = out.toByteArray();
    assertThat(GateDecision.read(new BinaryReader("decision", bytes))).isEqualTo(decision);
    byte[] ofOnePair = Arrays.copyOf(bytes, bytes.length - 2 * Double.BYTES - 1);
    ofOnePair[0] = 2 | 1;
    GateDecision read = GateDecision.read(new BinaryReader("decision", ofOnePair));
    assertThat(read.trust()).isEqualTo(decision.trust());
    assertThat(read.test().pairs()).isZero();
    byte[] earlier = Arrays.copyOf(ofOnePair, ofOnePair.length - Double.BYTES);
    earlier[0] = 1;
    read = GateDecision.read(new BinaryReader("decision", earlier));
    assertThat(read.enabled()).isTrue();
    assertThat(read.difference()).isEqualTo(decision.difference());
    assertThat(read.trust()).isZero();
  }
}
