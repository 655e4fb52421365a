package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.models.bandit.Epsilon;
import dev.thaw.models.bandit.EpsilonGreedy;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Softmax;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Policies other than the usual one, counted over HTTP against their own chances. */
@Timeout(60)
class ServedPoliciesTest {
  private static final int ANSWERS = 600;

  @TempDir Path folder;

  @Test
  void epsilonGreedyIsServedWithItsChances() throws InterruptedException {
    assertServed(
        new BanditPolicyConfig("epsilon-greedy", Map.of("epsilon", 0.6), 0, false),
        new EpsilonGreedy(new Epsilon.Fixed(0.6)));
  }

  @Test
  void softmaxIsServedWithItsChances() throws InterruptedException {
    assertServed(
        new BanditPolicyConfig("softmax", Map.of("temperature", 0.02), 0, false),
        new Softmax(0.02));
  }

  /** Neither policy draws anything to find its chances: these are known to the last digit. */
  private void assertServed(BanditPolicyConfig config, ExplorationPolicy<PosteriorSnapshot> policy)
      throws InterruptedException {
    try (BanditRun run = BanditRun.of(folder, config, ANSWERS)) {
      double[] first = policy.probabilities(run.decision(), new SplittableRandom(1));
      double[] second = new double[first.length];
      for (int a = 0; a < first.length; a++) {
        for (int b = 0; b < first.length; b++) {
          second[b] += a == b ? 0 : first[a] * first[b] / (1 - first[a]);
        }
      }
      GoodFit.assertFollows(first, run.counts(0));
      GoodFit.assertFollows(second, run.counts(1));
      for (JsonNode answer : run.answers()) {
        List<String> shown = ids(answer);
        double p1 = first[run.eligible().indexOf(shown.get(0))];
        double p2 = first[run.eligible().indexOf(shown.get(1))];
        assertThat(BanditRun.propensity(answer, 0)).isCloseTo(p1, within(1e-12));
        assertThat(BanditRun.propensity(answer, 1)).isCloseTo(p2 / (1 - p1), within(1e-12));
      }
      assertThat(run.impressions())
          .allSatisfy(
              impression ->
                  assertThat(impression.path("config_version").asText())
                      .startsWith(policy.version() + "/"));
    }
  }
}
