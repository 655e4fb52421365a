package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.PosteriorSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the bandit does over HTTP, counted, against the chances it writes down. */
@Timeout(120)
class PropensityTest {
  private static final int ANSWERS = 3_000;
  private static final int POLICIES = 20_000;

  /** Of a normal, two-sided: once in some ten thousand tests. */
  private static final double Z = 4;

  @TempDir static Path folder;
  private static ServerFixture thaw;
  private static final Map<ItemId, ArmEvidence> evidence = new HashMap<>();
  private static List<JsonNode> answers = List.of();
  private static List<String> eligible = List.of();

  @BeforeAll
  static void ask() throws InterruptedException {
    thaw = new ServerFixture(folder);
    thaw.films();
    for (int i = 0; i < 30; i += 2) {
      ArmEvidence shown = new ArmEvidence(40 + 5L * i, 2 + i % 7);
      evidence.put(ItemId.of("m" + i), shown);
      thaw.write(
          "arm_posterior",
          EntityKey.of("item_id", "m" + i),
          Map.of(
              "impressions", new FeatureValue.Int64((long) shown.impressions()),
              "rewards", new FeatureValue.Float64(shown.rewards())));
    }
    thaw.server.refresh();
    answers =
        IntStream.range(0, ANSWERS).parallel().mapToObj(i -> thaw.recommend("v" + i, 4)).toList();
    while (thaw.delivered.of("thaw.impressions").isEmpty()) {
      Thread.sleep(5);
    }
    eligible = texts(thaw.delivered.of("thaw.impressions").get(0).path("eligible"));
  }

  @AfterAll
  static void stop() {
    thaw.close();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Test
  void bothSlotsFollowThePolicyOfTheSnapshot() {
    double[] first = new double[eligible.size()];
    double[] second = new double[eligible.size()];
    BetaThompson bandit =
        new BetaThompson(thaw.config.serving().draws(), thaw.config.serving().uniformFloor());
    PosteriorSnapshot snapshot = new PosteriorSnapshot("fixed", evidence);
    Decision<PosteriorSnapshot> decision = Decision.of(snapshot, arms(), 0);
    for (int m = 0; m < POLICIES; m++) {
      double[] q = bandit.probabilities(decision, new SplittableRandom(1_000_000L + m));
      for (int a = 0; a < q.length; a++) {
        first[a] += q[a] / POLICIES;
        for (int b = 0; b < q.length; b++) {
          second[b] += a == b ? 0 : q[a] * q[b] / (1 - q[a]) / POLICIES;
        }
      }
    }
    assertGoodFit(first, counts(0));
    assertGoodFit(second, counts(1));
  }

  /** The arms of the server, from what it wrote down and what the store says. */
  private static List<Arm> arms() {
    double rewards = 5 + evidence.values().stream().mapToDouble(ArmEvidence::rewards).sum();
    double shown = 100 + evidence.values().stream().mapToDouble(ArmEvidence::impressions).sum();
    List<Arm> arms = new ArrayList<>();
    for (int rank = 0; rank < eligible.size(); rank++) {
      arms.add(
          new Arm(
              ItemId.of(eligible.get(rank)),
              ArmPriors.DEFAULT.ranked(rewards / shown, 1 - (double) rank / eligible.size())));
    }
    return arms;
  }

  private static int[] counts(int slot) {
    int[] counts = new int[eligible.size()];
    answers.forEach(answer -> counts[eligible.indexOf(ids(answer).get(slot))]++);
    return counts;
  }

  /** G-test; arms expected fewer than five times count together. */
  private static void assertGoodFit(double[] chances, int[] counts) {
    double g = 0;
    int cells = 0;
    double rareExpected = 0;
    int rare = 0;
    for (int arm = 0; arm < chances.length; arm++) {
      double expected = chances[arm] * ANSWERS;
      if (expected >= 5) {
        g += term(counts[arm], expected);
        cells++;
      } else {
        rareExpected += expected;
        rare += counts[arm];
      }
    }
    if (rareExpected > 0) {
      g += term(rare, rareExpected);
      cells++;
    }
    assertThat(cells).as("arms that can tell something").isGreaterThan(8);
    assertThat(2 * g).as("G with %d degrees of freedom", cells - 1).isLessThan(critical(cells - 1));
  }

  private static double term(int observed, double expected) {
    return observed == 0 ? 0 : observed * Math.log(observed / expected);
  }

  /** Chi-square at {@link #Z}, Wilson and Hilferty 1931. */
  private static double critical(int freedom) {
    double spread = 2.0 / (9 * freedom);
    return freedom * Math.pow(1 - spread + Z * Math.sqrt(spread), 3);
  }

  @Test
  void theChancesWrittenDownAreThoseItIsServedWith() {
    assertUnbiased(0);
    assertUnbiased(1);
  }

  /** E[1{A = a} / p(A)] is 1, in the second slot 1 where a was not taken before, else 0. */
  private static void assertUnbiased(int slot) {
    int[] counts = counts(slot);
    int tested = 0;
    for (int arm = 0; arm < counts.length; arm++) {
      if (counts[arm] < ANSWERS / 50) {
        continue;
      }
      double sum = 0;
      double squares = 0;
      for (JsonNode answer : answers) {
        double due = slot == 1 && isArm(answer, 0, arm) ? 0 : 1;
        double got = isArm(answer, slot, arm) ? 1 / propensity(answer, slot) : 0;
        sum += got - due;
        squares += (got - due) * (got - due);
      }
      assertThat(Math.abs(sum) / Math.sqrt(squares))
          .as("deviations of %s in slot %d", eligible.get(arm), slot)
          .isLessThan(Z);
      tested++;
    }
    assertThat(tested).isGreaterThan(5);
  }

  private static boolean isArm(JsonNode answer, int slot, int arm) {
    return ids(answer).get(slot).equals(eligible.get(arm));
  }

  private static double propensity(JsonNode answer, int slot) {
    return answer.at("/items/" + slot + "/propensity").asDouble();
  }

  @Test
  void theEligibleSetIsTheSameInEveryRecordAndLaterSlotsAreCertain() throws Exception {
    while (thaw.delivered.of("thaw.impressions").size() < ANSWERS) {
      Thread.sleep(20);
    }
    assertThat(thaw.delivered.of("thaw.impressions"))
        .allSatisfy(
            impression -> {
              assertThat(texts(impression.path("eligible"))).isEqualTo(eligible);
              for (int slot = 2; slot < 4; slot++) {
                assertThat(impression.at("/slots/" + slot + "/propensity").asDouble()).isEqualTo(1);
                assertThat(impression.at("/slots/" + slot + "/source").asText())
                    .isNotEqualTo("bandit");
              }
            });
  }
}
