package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.models.diversity.MaximalMarginalRelevance;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyVersionTest {
  private static final ServingConfig CONFIG = ThawConfig.embedded(Path.of("home")).serving();
  private static final RoutingConfig ROUTING = RoutingConfig.DEFAULT;

  @Test
  void theAddressIsNoPartOfThePolicy() {
    assertThat(version(CONFIG.withAddress("0.0.0.0", 9), ROUTING, 0.95))
        .isEqualTo(version(CONFIG, ROUTING, 0.95));
  }

  @Test
  void whatIsWrittenDownBesideIsNoPartOfThePolicy() {
    ServingConfig logging =
        CONFIG.withBandit(
            CONFIG.banditPolicy().withLogFeatures(true), ExplorationBudgetConfig.NONE);
    assertThat(version(logging, ROUTING, 0.95)).isEqualTo(version(CONFIG, ROUTING, 0.95));
  }

  @Test
  void whatDecidesIsPartOfIt() {
    ServingConfig otherFloor =
        new ServingConfig(
            CONFIG.host(),
            CONFIG.port(),
            CONFIG.deadline(),
            CONFIG.maxK(),
            CONFIG.banditSlots(),
            CONFIG.shortlist(),
            CONFIG.uniformFloor() / 2,
            CONFIG.draws(),
            CONFIG.banditPolicy(),
            CONFIG.explorationBudget(),
            CONFIG.seed(),
            CONFIG.scoredWhole(),
            CONFIG.features(),
            CONFIG.methods(),
            null);
    RoutingConfig otherTable =
        new RoutingConfig(
            ROUTING.someFrom(),
            ROUTING.manyFrom(),
            ROUTING.minConfidence(),
            ROUTING.minSourceInteractions(),
            Map.of(
                Stage.NONE, List.of(Method.POPULARITY),
                Stage.FEW, List.of(Method.CONTENT),
                Stage.SOME, List.of(Method.FACTORS),
                Stage.MANY, List.of(Method.FACTORS)),
            ROUTING.banditSlots());
    assertThat(
            List.of(
                version(CONFIG, ROUTING, 0.95),
                version(otherFloor, ROUTING, 0.95),
                version(CONFIG, otherTable, 0.95),
                version(CONFIG, ROUTING, 0.9),
                version(withPolicy("softmax", Map.of("temperature", 0.1)), ROUTING, 0.95),
                version(withPolicy("softmax", Map.of("temperature", 0.2)), ROUTING, 0.95),
                version(ofNeighbours(), ROUTING, 0.95),
                version(withBudget(0.5), ROUTING, 0.95),
                version(withBudget(0.4), ROUTING, 0.95)))
        .doesNotHaveDuplicates();
  }

  @Test
  void itNamesThePolicyOfTheSlotsAndSaysWhereALogOfItIsOfNoUse() {
    assertThat(version(CONFIG, ROUTING, 0.95))
        .matches("beta-thompson\\(draws=400,floor=0\\.01\\)/[0-9a-f]{16}");
    assertThat(version(withPolicy("epsilon-greedy", Map.of("epsilon", 0.25)), ROUTING, 0.95))
        .startsWith("epsilon-greedy(Fixed[epsilon=0.25])/");
    BanditPolicyConfig greedy =
        new BanditPolicyConfig("epsilon-greedy", Map.of("epsilon", 0.0), 0.1, true);
    assertThat(version(CONFIG.withBandit(greedy, ExplorationBudgetConfig.NONE), ROUTING, 0.95))
        .startsWith("unsupported:newcomers(share=0.1,epsilon-greedy(Fixed[epsilon=0.0]))/");
  }

  private static ServingConfig ofNeighbours() {
    return CONFIG.withBandit(
        new BanditPolicyConfig("beta-thompson", Map.of(), 0, false, "neighbours"),
        ExplorationBudgetConfig.NONE);
  }

  @Test
  void itSaysWherePriorsAreOfNeighbours() {
    assertThat(version(ofNeighbours(), ROUTING, 0.95))
        .matches("beta-thompson\\(draws=400,floor=0\\.01\\)\\+neighbours/[0-9a-f]{16}");
  }

  /** What configuration lets pass must be what the policies take. */
  @Test
  void everyPolicyServesAtTheBoundsOfItsParameters() {
    List<ServingConfig> all =
        List.of(
            withPolicy("beta-thompson", Map.of()),
            withPolicy("uniform", Map.of()),
            withPolicy("epsilon-greedy", Map.of("epsilon", 1.0)),
            withPolicy("epsilon-decaying", Map.of("c", 1e-9, "gap", 1e-9)),
            withPolicy("epsilon-decaying", Map.of("c", 1e6, "gap", 1.0)),
            withPolicy("ucb1", Map.of("width", 1e-9)),
            withPolicy("ucb1", Map.of("width", 100.0)),
            withPolicy("softmax", Map.of("temperature", 0.005)),
            withPolicy("softmax", Map.of("temperature", 1000.0)));
    assertThat(all.stream().map(each -> ServedPolicy.of(each).version()))
        .doesNotHaveDuplicates()
        .noneMatch(version -> version.startsWith("unsupported"));
  }

  private static ServingConfig withPolicy(String name, Map<String, Double> parameters) {
    return CONFIG.withBandit(
        new BanditPolicyConfig(name, parameters, 0, false), ExplorationBudgetConfig.NONE);
  }

  private static ServingConfig withBudget(double share) {
    return CONFIG.withBandit(
        BanditPolicyConfig.USUAL, new ExplorationBudgetConfig(share, 10, 10, 10));
  }

  private static String version(ServingConfig config, RoutingConfig routing, double lambda) {
    return PolicyVersion.of(
        ServedPolicy.of(config),
        config,
        routing,
        new MaximalMarginalRelevance(lambda),
        DomainDefinitions.shipped());
  }
}
