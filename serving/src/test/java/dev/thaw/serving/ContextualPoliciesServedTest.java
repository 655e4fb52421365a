package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.models.bandit.linear.InterceptPriors;
import dev.thaw.models.bandit.linear.LinUcb;
import dev.thaw.models.bandit.linear.LinearCells;
import dev.thaw.models.bandit.linear.LinearEvidence;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.LinearRow;
import dev.thaw.models.bandit.linear.LinearThompson;
import dev.thaw.models.bandit.linear.Scores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Policies that look at the user, over HTTP: the chances written down are those of the policy on
 * the features and rows that the record names, draw by draw.
 */
@Timeout(60)
class ContextualPoliciesServedTest {
  private static final int ANSWERS = 240;
  private static final String CELL = "*:positive";
  private static final double PRECISION = 2;

  /** 1, three stages, a vector of rank 4. */
  private static final int D = 8;

  @TempDir Path folder;

  private static BanditPolicyConfig config(String name, String parameter, double value) {
    return new BanditPolicyConfig(
        name, Map.of(parameter, value, "prior_precision", PRECISION), 0, false);
  }

  @Test
  void linearThompsonIsServedWithItsChances() throws InterruptedException {
    try (ServerFixture thaw =
        new ServerFixture(
            folder, config("linear-thompson", "noise", 0.4), ExplorationBudgetConfig.NONE)) {
      assertServed(
          thaw,
          LinearPosteriors.diagonal(new LinearPrior(D, PRECISION)),
          new LinearThompson<>(
              0.4, thaw.config.serving().draws(), thaw.config.serving().uniformFloor()));
    }
  }

  @Test
  void linUcbIsServedWithItsChances() throws InterruptedException {
    try (ServerFixture thaw =
        new ServerFixture(folder, config("lin-ucb", "alpha", 0.3), ExplorationBudgetConfig.NONE)) {
      assertServed(
          thaw,
          LinearPosteriors.ridge(new LinearPrior(D, PRECISION), 30),
          new LinUcb<>(0.3, thaw.config.serving().uniformFloor()));
    }
  }

  /** What a contextual policy would look at, in the record of one that looks at counts alone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void featuresOfUsersAreLoggedWhereSomebodyAsksForThem(boolean asked) throws InterruptedException {
    BanditPolicyConfig usual = BanditPolicyConfig.USUAL.withLogFeatures(asked);
    try (ServerFixture thaw = new ServerFixture(folder, usual, ExplorationBudgetConfig.NONE)) {
      thaw.films();
      TrainedModels models = TrainedModels.serving(thaw);
      thaw.server.refresh();
      models.storeUser(thaw, "v0", 0, 2);
      thaw.recommend("v0", 4);
      JsonNode logged = impressions(thaw, 1).get(0);
      assertThat(logged.path("config_version").asText()).startsWith("beta-thompson(");
      assertThat(logged.has("features")).isEqualTo(asked);
      if (asked) {
        assertThat(logged.at("/features/space").asText())
            .isEqualTo("stage+factors@" + models.ref.version());
        assertThat(logged.at("/features/values")).hasSize(D);
      }
    }
  }

  private static void assertServed(
      ServerFixture thaw, LinearPosteriors posteriors, ExplorationPolicy<LinearEvidence> policy)
      throws InterruptedException {
    thaw.films();
    TrainedModels models = TrainedModels.serving(thaw);
    String space = "stage+factors@" + models.ref.version();
    for (int i = 0; i < 30; i += 2) {
      FeatureRow row = learned(i, space);
      thaw.store.write("arm_linear", List.of(row));
      posteriors.put(ItemId.of("m" + i), LinearRow.read(row).cells().get(0).sums());
    }
    // what another model's users liked tells nothing
    thaw.store.write("arm_linear", List.of(learned(1, "stage+factors@other")));
    // some of both, some that were shown by another policy, or in another space, alone
    Map<ItemId, ArmEvidence> counted = new HashMap<>();
    for (int i = 0; i < 30; i += 3) {
      counted.put(ItemId.of("m" + i), BanditRun.counted(thaw, i));
    }
    LinearEvidence evidence =
        posteriors.snapshot(
            "any",
            InterceptPriors.DEFAULT,
            new PosteriorSnapshot("any", counted),
            Fading.NEVER,
            Fading.NONE);
    thaw.server.refresh();
    for (int user = 0; user < 30; user++) {
      models.storeUser(thaw, "v" + user, user % 3, 2);
    }
    Map<String, JsonNode> answers =
        IntStream.range(0, ANSWERS)
            .parallel()
            .mapToObj(i -> thaw.recommend("v" + i % 30, 4))
            .collect(Collectors.toMap(each -> each.path("request_id").asText(), each -> each));

    double[][] chances = new double[2][30];
    int[][] counts = new int[2][30];
    Set<String> versions = new HashSet<>();
    Set<String> features = new HashSet<>();
    for (JsonNode impression : impressions(thaw, ANSWERS)) {
      assertThat(impression.at("/features/space").asText()).isEqualTo(space);
      versions.add(impression.path("posterior_version").asText());
      features.add(impression.at("/features/values").toString());
      assertThat(impression.path("config_version").asText())
          .startsWith(policy.version() + "+" + InterceptPriors.DEFAULT + "/");
      Decision<LinearEvidence> decision = decision(impression, evidence, counted);
      assertThat(SlotSampler.choose(policy, decision, 2, random(impression)).choices())
          .extracting(choice -> choice.item().value())
          .containsExactly(
              impression.at("/slots/0/item_id").asText(),
              impression.at("/slots/1/item_id").asText());
      assertExplained(answers.get(impression.path("request_id").asText()), decision, policy);
      add(impression, policy.probabilities(decision, random(impression)), chances, counts);
    }
    assertThat(versions).as("one snapshot").hasSize(1).doesNotContain("none");
    assertThat(features).as("one vector for each kind of user").hasSize(3);
    if (policy instanceof LinearThompson) {
      // the other leaves too few arms a chance that counts could tell
      GoodFit.assertFollows(mean(chances[0]), counts[0]);
      GoodFit.assertFollows(mean(chances[1]), counts[1]);
    }
  }

  private static void assertExplained(
      JsonNode answer, Decision<LinearEvidence> decision, ExplorationPolicy<?> policy) {
    String drawn = answer.at("/items/0/id").asText();
    JsonNode details = answer.at("/items/0/explanation/details");
    List<Arm> arm =
        decision.eligible().stream().filter(each -> each.item().value().equals(drawn)).toList();
    Scores scores = decision.evidence().scores(arm, decision.contexts());
    assertThat(details.path("posterior_mean").asDouble()).isCloseTo(scores.mean(0), within(1e-12));
    boolean thompson = policy instanceof LinearThompson;
    assertThat(details.path(thompson ? "posterior_sd" : "posterior_width").asDouble())
        .isCloseTo((thompson ? 0.4 : 0.3) * scores.deviation(0), within(1e-12));
    assertThat(details.path("posterior_impressions").asInt(-1))
        .as("of the space's own")
        .isEqualTo(number(drawn) % 2 == 0 ? 10 + number(drawn) : 0);
    assertThat(answer.at("/items/2/explanation/details").has("posterior_mean")).isFalse();
  }

  private static FeatureRow learned(int item, String space) {
    SplittableRandom random = new SplittableRandom(item);
    LinearCells learned = new LinearCells();
    for (int shown = 0; shown < 10 + item; shown++) {
      float[] x = new float[D];
      x[0] = 1;
      for (int j = 4; j < D; j++) {
        x[j] = (float) (random.nextGaussian() / 2);
      }
      learned.observe(CELL, CELL, space, x, random.nextInt(2), 1_000L + shown, Fading.NONE);
    }
    return learned.row(EntityKey.of("item_id", "m" + item));
  }

  private static List<JsonNode> impressions(ServerFixture thaw, int answers)
      throws InterruptedException {
    while (thaw.delivered.of("thaw.impressions").size() < answers) {
      Thread.sleep(20);
    }
    return thaw.delivered.of("thaw.impressions");
  }

  /** From what the record and the store say. */
  private static Decision<LinearEvidence> decision(
      JsonNode impression, LinearEvidence evidence, Map<ItemId, ArmEvidence> counted) {
    List<Arm> arms = BanditRun.arms(BanditRun.texts(impression.path("eligible")), counted);
    JsonNode values = impression.at("/features/values");
    float[] x = new float[values.size()];
    for (int j = 0; j < x.length; j++) {
      x[j] = (float) values.get(j).asDouble();
    }
    return new Decision<>(evidence, arms, Contexts.shared(x), 0);
  }

  /** The request's own. */
  private static SplittableRandom random(JsonNode impression) {
    return new SplittableRandom(
        Hashing.sipHash24(7, 0)
            .hashUnencodedChars(impression.path("request_id").asText())
            .asLong());
  }

  private static void add(JsonNode impression, double[] q, double[][] chances, int[][] counts) {
    List<String> eligible = BanditRun.texts(impression.path("eligible"));
    int first = eligible.indexOf(impression.at("/slots/0/item_id").asText());
    int second = eligible.indexOf(impression.at("/slots/1/item_id").asText());
    assertThat(impression.at("/slots/0/propensity").asDouble()).isCloseTo(q[first], within(1e-12));
    assertThat(impression.at("/slots/1/propensity").asDouble())
        .isCloseTo(q[second] / (1 - q[first]), within(1e-12));
    counts[0][number(eligible.get(first))]++;
    counts[1][number(eligible.get(second))]++;
    for (int a = 0; a < q.length; a++) {
      chances[0][number(eligible.get(a))] += q[a];
      for (int b = 0; b < q.length; b++) {
        chances[1][number(eligible.get(b))] += a == b ? 0 : q[a] * q[b] / (1 - q[a]);
      }
    }
  }

  private static int number(String film) {
    return Integer.parseInt(film.substring(1));
  }

  private static double[] mean(double[] sums) {
    return Arrays.stream(sums).map(sum -> sum / ANSWERS).toArray();
  }
}
