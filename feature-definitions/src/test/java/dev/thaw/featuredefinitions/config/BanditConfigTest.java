package dev.thaw.featuredefinitions.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.yaml.YamlFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BanditConfigTest {
  @TempDir Path folder;

  @Test
  void whatIsLeftOutIsUnbounded() throws IOException {
    assertThat(serving("exploration_budget: {per_item: 50}").explorationBudget())
        .isEqualTo(new ExplorationBudgetConfig(1, 50, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertThat(serving("bandit_policy: {newcomer_share: 0.1}").banditPolicy())
        .isEqualTo(new BanditPolicyConfig("beta-thompson", Map.of(), 0.1, false));
  }

  @Test
  void aPolicyThatCanNotBeReweightedServesWhereThatIsAllowed() throws IOException {
    assertThat(
            serving("bandit_policy: {name: epsilon-greedy, epsilon: 0, allow_unsupported: true}")
                .banditPolicy()
                .parameter("epsilon"))
        .isZero();
    assertThat(
            serving(
                    "uniform_floor: 0\n  bandit_policy: {name: ucb1, width: 1, allow_unsupported: true}")
                .uniformFloor())
        .isZero();
  }

  @Test
  void featuresAreLoggedWherePoliciesLookAtThemOrSomebodyAsks() throws IOException {
    assertThat(serving("draws: 10").banditPolicy().logsFeatures()).isFalse();
    assertThat(serving("bandit_policy: {log_features: true}").banditPolicy().logsFeatures())
        .isTrue();
    assertThat(
            serving("bandit_policy: {name: lin-ucb, alpha: 1, prior_precision: 1}")
                .banditPolicy()
                .logsFeatures())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "bandit_policy: {name: ucb} | bandit_policy.name: must be one of beta-thompson, epsilon-decaying, epsilon-greedy, lin-ucb, linear-thompson, softmax, ucb1, uniform, was \"ucb\"",
        "bandit_policy: {name: softmax} | bandit_policy: temperature must be given where name is softmax",
        "bandit_policy: {name: softmax, temperature: 0.001} | bandit_policy.temperature: must be in [0.005, 1000.0], was 0.001",
        "bandit_policy: {name: softmax, temperature: hot} | bandit_policy.temperature: must be a number, was \"hot\"",
        "bandit_policy: {name: softmax, temperature: 1, width: 2} | bandit_policy.width: must be left out where name is softmax, was 2.0",
        "bandit_policy: {epsilon: 0.1} | bandit_policy.epsilon: must be left out where name is beta-thompson, was 0.1",
        "bandit_policy: {name: epsilon-greedy, epsilon: 1.5} | bandit_policy.epsilon: must be in [0.0, 1.0], was 1.5",
        "bandit_policy: {name: epsilon-greedy, epsilon: 0} | bandit_policy.epsilon: must be in (0, 1], was 0.0; 0 needs allow_unsupported: true",
        "bandit_policy: {name: epsilon-decaying, c: 5, gap: 0} | bandit_policy.gap: must be in (0.0, 1.0], was 0.0",
        "bandit_policy: {name: epsilon-decaying, c: 0, gap: 1} | bandit_policy.c: must be in (0.0, 1000000.0], was 0.0",
        "bandit_policy: {name: lin-ucb, alpha: 1} | bandit_policy: prior_precision must be given where name is lin-ucb",
        "bandit_policy: {name: lin-ucb, alpha: -1, prior_precision: 1} | bandit_policy.alpha: must be in [0.0, 1000.0], was -1.0",
        "bandit_policy: {name: linear-thompson, noise: 0, prior_precision: 1} | bandit_policy.noise: must be in (0.0, 1000.0], was 0.0",
        "bandit_policy: {name: linear-thompson, noise: 1, prior_precision: 0} | bandit_policy.prior_precision: must be in [0.1, 1000000.0], was 0.0",
        "bandit_policy: {name: ucb1, width: 101} | bandit_policy.width: must be in (0.0, 100.0], was 101.0",
        "bandit_policy: {newcomer_share: 1} | bandit_policy.newcomer_share: must be in [0, 1), was 1.0",
        "bandit_policy: {prior: category} | bandit_policy.prior: must be one of neighbours, rank, was \"category\"",
        "bandit_policy: {log_features: always} | bandit_policy.log_features: must be true or false, was \"always\"",
        "bandit_policy: {temprature: 1} | bandit_policy.temprature: unknown key",
        "uniform_floor: 0, bandit_policy: {name: ucb1, width: 1} | uniform_floor: must be in (0, 1], was 0.0; 0 needs ucb1 or lin-ucb and allow_unsupported: true",
        "uniform_floor: 0, bandit_policy: {allow_unsupported: true} | uniform_floor: must be in (0, 1], was 0.0",
        "exploration_budget: {share: 1.1} | exploration_budget.share: must be in [0.0, 1.0], was 1.1",
        "exploration_budget: {per_item: -1} | exploration_budget.per_item: must be in [0, 2147483647], was -1",
        "exploration_budget: {per_week: 1} | exploration_budget.per_week: unknown key",
        "exploration_budget: {per_user: 1} | exploration_budget: must have a per_user of 0 or at least bandit_slots, 2, was 1",
      })
  void faultsNameKeyValueAndBound(String settings, String message) {
    assertThatThrownBy(() -> load("version: 1\nserving: {" + settings + "}"))
        .isInstanceOf(YamlFault.class)
        .hasMessageStartingWith(folder.resolve("thaw.yaml") + ":2: serving." + message);
  }

  private ServingConfig serving(String settings) throws IOException {
    return load("version: 1\nserving:\n  " + settings).serving();
  }

  private ThawConfig load(String text) throws IOException {
    return ThawConfig.load(Files.writeString(folder.resolve("thaw.yaml"), text), Map.of());
  }
}
