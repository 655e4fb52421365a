package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.PosteriorSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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

  @TempDir static Path folder;
  private static BanditRun run;
  private static List<JsonNode> answers = List.of();
  private static List<String> eligible = List.of();

  @BeforeAll
  static void ask() throws InterruptedException {
    run = BanditRun.of(folder, BanditPolicyConfig.USUAL, ANSWERS);
    answers = run.answers();
    eligible = run.eligible();
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @Test
  void bothSlotsFollowThePolicyOfTheSnapshot() {
    double[] first = new double[eligible.size()];
    double[] second = new double[eligible.size()];
    BetaThompson bandit = new BetaThompson(run.serving().draws(), run.serving().uniformFloor());
    Decision<PosteriorSnapshot> decision = run.decision();
    for (int m = 0; m < POLICIES; m++) {
      double[] q = bandit.probabilities(decision, new SplittableRandom(1_000_000L + m));
      for (int a = 0; a < q.length; a++) {
        first[a] += q[a] / POLICIES;
        for (int b = 0; b < q.length; b++) {
          second[b] += a == b ? 0 : q[a] * q[b] / (1 - q[a]) / POLICIES;
        }
      }
    }
    GoodFit.assertFollows(first, run.counts(0));
    GoodFit.assertFollows(second, run.counts(1));
  }

  @Test
  void theChancesWrittenDownAreThoseItIsServedWith() {
    assertUnbiased(0);
    assertUnbiased(1);
  }

  /** E[1{A = a} / p(A)] is 1, in the second slot 1 where a was not taken before, else 0. */
  private static void assertUnbiased(int slot) {
    int[] counts = run.counts(slot);
    int tested = 0;
    for (int arm = 0; arm < counts.length; arm++) {
      if (counts[arm] < ANSWERS / 50) {
        continue;
      }
      double sum = 0;
      double squares = 0;
      for (JsonNode answer : answers) {
        double due = slot == 1 && isArm(answer, 0, arm) ? 0 : 1;
        double got = isArm(answer, slot, arm) ? 1 / BanditRun.propensity(answer, slot) : 0;
        sum += got - due;
        squares += (got - due) * (got - due);
      }
      assertThat(Math.abs(sum) / Math.sqrt(squares))
          .as("deviations of %s in slot %d", eligible.get(arm), slot)
          .isLessThan(GoodFit.Z);
      tested++;
    }
    assertThat(tested).isGreaterThan(5);
  }

  private static boolean isArm(JsonNode answer, int slot, int arm) {
    return ids(answer).get(slot).equals(eligible.get(arm));
  }

  @Test
  void theEligibleSetIsTheSameInEveryRecordAndLaterSlotsAreCertain() throws Exception {
    assertThat(run.impressions())
        .allSatisfy(
            impression -> {
              assertThat(BanditRun.texts(impression.path("eligible"))).isEqualTo(eligible);
              for (int slot = 2; slot < 4; slot++) {
                assertThat(impression.at("/slots/" + slot + "/propensity").asDouble()).isEqualTo(1);
                assertThat(impression.at("/slots/" + slot + "/source").asText())
                    .isNotEqualTo("bandit");
              }
            });
  }
}
