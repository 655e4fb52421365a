package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.NearestArms;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Softmax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Priors of neighbours over HTTP: films that were never shown beside those of their category that
 * were, with the chances that the policy has on store and models.
 */
@Timeout(60)
class NeighbourPriorsServedTest {
  private static final int ANSWERS = 600;
  private static final int FILMS = 30;

  /** Of the ranking; the others of the shortlist were never shown. */
  private static final int SHOWN = 15;

  private static final double TEMPERATURE = 0.06;

  @TempDir Path folder;
  private final Map<ItemId, ArmEvidence> evidence = new HashMap<>();

  private ServerFixture server(String prior) {
    return new ServerFixture(
        folder,
        new BanditPolicyConfig("softmax", Map.of("temperature", TEMPERATURE), 0, false, prior),
        ExplorationBudgetConfig.NONE);
  }

  /** Comedies, {@code m1, m4, ...}, earn well, dramas and westerns don't. */
  private void show(ServerFixture thaw) {
    for (int i = 0; i < SHOWN; i++) {
      ArmEvidence earned = new ArmEvidence(300, i % 3 == 1 ? 60 : 6);
      evidence.put(ItemId.of("m" + i), earned);
      thaw.write(
          "arm_posterior",
          EntityKey.of("item_id", "m" + i),
          Map.of(
              "impressions", new FeatureValue.Int64((long) earned.impressions()),
              "rewards", new FeatureValue.Float64(earned.rewards())));
    }
  }

  @Test
  void whatWasNeverShownIsDrawnByWhatItsNeighboursEarned() throws InterruptedException {
    try (ServerFixture thaw = server("neighbours")) {
      thaw.films();
      TrainedModels models = TrainedModels.serving(thaw);
      show(thaw);
      thaw.server.refresh();
      List<JsonNode> answers =
          IntStream.range(0, ANSWERS).parallel().mapToObj(i -> thaw.recommend("v" + i, 4)).toList();
      while (thaw.delivered.of("thaw.impressions").size() < ANSWERS) {
        Thread.sleep(20);
      }
      JsonNode impression = thaw.delivered.of("thaw.impressions").get(0);
      List<String> eligible = BanditRun.texts(impression.path("eligible"));
      assertThat(eligible).contains("m15", "m16", "m17");

      double[] first = chances(models, eligible);
      assertThat(first[eligible.indexOf("m16")])
          .as("a comedy, beside a drama and a western before and behind it")
          .isGreaterThan(2 * first[eligible.indexOf("m15")])
          .isGreaterThan(2 * first[eligible.indexOf("m17")]);
      int[] counts = new int[first.length];
      for (JsonNode answer : answers) {
        int drawn = eligible.indexOf(ids(answer).get(0));
        counts[drawn]++;
        assertThat(BanditRun.propensity(answer, 0)).isCloseTo(first[drawn], within(1e-12));
      }
      GoodFit.assertFollows(first, counts);
      assertThat(impression.path("config_version").asText())
          .startsWith(new Softmax(TEMPERATURE).version() + "+neighbours/");
      assertExplained(models, answers);
      // those that were never shown, in the shortlist or not
      assertThat(priors(thaw, "neighbours")).isEqualTo(FILMS - SHOWN);
      assertThat(priors(thaw, "domain")).isZero();
    }
  }

  /** From what the store and the factor model say. */
  private Optional<Assumed> assumed(TrainedModels models, String film) {
    TreeMap<ItemId, float[]> rows = new TreeMap<>();
    evidence.keySet().forEach(each -> rows.put(each, row(models, each)));
    ItemId item = ItemId.of(film);
    return NeighbourPriors.DEFAULT.concerns(evidence.getOrDefault(item, ArmEvidence.NONE))
        ? NeighbourPriors.DEFAULT.of(
            base(),
            NearestArms.of(models.model.rank(), rows)
                .of(item, row(models, item), NeighbourPriors.DEFAULT.nearest()),
            each -> evidence.getOrDefault(each, ArmEvidence.NONE))
        : Optional.empty();
  }

  private static float[] row(TrainedModels models, ItemId film) {
    return Objects.requireNonNull(models.model.indexVector(film));
  }

  private double base() {
    double rewards = evidence.values().stream().mapToDouble(ArmEvidence::rewards).sum();
    double shown = evidence.values().stream().mapToDouble(ArmEvidence::impressions).sum();
    return (5 + rewards) / (100 + shown);
  }

  private double[] chances(TrainedModels models, List<String> eligible) {
    List<Arm> arms = new ArrayList<>();
    for (int place = 0; place < eligible.size(); place++) {
      double rate = assumed(models, eligible.get(place)).map(Assumed::rate).orElse(base());
      arms.add(
          new Arm(
              ItemId.of(eligible.get(place)), ArmPriors.DEFAULT.at(place, eligible.size(), rate)));
    }
    return new Softmax(TEMPERATURE)
        .probabilities(
            Decision.of(new PosteriorSnapshot("fixed", evidence), arms, 0),
            new SplittableRandom(1));
  }

  private void assertExplained(TrainedModels models, List<JsonNode> answers) {
    JsonNode unseen = details(answers, "m16");
    Assumed assumed = assumed(models, "m16").orElseThrow();
    assertThat(BanditRun.texts(unseen.path("prior_neighbours")))
        .isEqualTo(assumed.neighbours().stream().map(ItemId::value).toList())
        .startsWith("m1");
    assertThat(unseen.path("prior_neighbour_impressions").asDouble())
        .isCloseTo(assumed.earned().impressions(), within(1e-9));
    assertThat(unseen.path("prior_neighbour_rewards").asDouble())
        .isCloseTo(assumed.earned().rewards(), within(1e-9));
    assertThat(unseen.path("prior_impressions").asDouble()).isCloseTo(20, within(1e-9));
    assertThat(unseen.path("posterior_impressions").asInt(-1)).isZero();
    JsonNode shown = details(answers, "m1");
    assertThat(shown.path("prior_impressions").asDouble()).isCloseTo(20, within(1e-9));
    assertThat(shown.has("prior_neighbours")).isFalse();
  }

  /** Of a film where it was drawn into the first slot. */
  private static JsonNode details(List<JsonNode> answers, String film) {
    return answers.stream()
        .filter(answer -> ids(answer).get(0).equals(film))
        .findFirst()
        .orElseThrow()
        .at("/items/0/explanation/details");
  }

  private static int priors(ServerFixture thaw, String rate) {
    String line =
        thaw.get("/metrics")
            .contentUtf8()
            .lines()
            .filter(each -> each.startsWith("thaw_bandit_priors{rate=\"" + rate + "\"}"))
            .findFirst()
            .orElseThrow();
    return (int) Double.parseDouble(line.substring(line.lastIndexOf(' ')));
  }

  @Test
  void withoutModelsOrWhereNobodyAsksForNeighboursEachHasThePriorOfItsPlace() {
    List<String> asked = drawn("neighbours", "asked");
    assertThat(asked).hasSize(40).isEqualTo(drawn("rank", "not"));
  }

  /** Slots of some answers with their chances, before anything was trained. */
  private List<String> drawn(String prior, String home) {
    try (ServerFixture thaw =
        new ServerFixture(
            folder.resolve(home),
            new BanditPolicyConfig("softmax", Map.of("temperature", TEMPERATURE), 0, false, prior),
            ExplorationBudgetConfig.NONE)) {
      thaw.films();
      show(thaw);
      thaw.server.refresh();
      return IntStream.range(0, 40)
          .mapToObj(i -> thaw.recommend("u" + i, 2))
          .map(answer -> ids(answer) + " " + BanditRun.propensity(answer, 0))
          .toList();
    }
  }
}
