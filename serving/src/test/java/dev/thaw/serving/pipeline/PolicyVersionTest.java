package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final ThawConfig.Serving CONFIG = ThawConfig.embedded(Path.of("home")).serving();
  private static final RoutingConfig ROUTING = RoutingConfig.DEFAULT;

  @Test
  void theAddressIsNoPartOfThePolicy() {
    assertThat(version(CONFIG.withAddress("0.0.0.0", 9), ROUTING, 0.95))
        .isEqualTo(version(CONFIG, ROUTING, 0.95));
  }

  @Test
  void whatDecidesIsPartOfIt() {
    ThawConfig.Serving otherFloor =
        new ThawConfig.Serving(
            CONFIG.host(),
            CONFIG.port(),
            CONFIG.deadline(),
            CONFIG.maxK(),
            CONFIG.banditSlots(),
            CONFIG.shortlist(),
            CONFIG.uniformFloor() / 2,
            CONFIG.draws(),
            CONFIG.seed(),
            CONFIG.scoredWhole(),
            CONFIG.features(),
            CONFIG.methods());
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
                version(CONFIG, ROUTING, 0.9)))
        .doesNotHaveDuplicates();
  }

  private static String version(ThawConfig.Serving config, RoutingConfig routing, double lambda) {
    return PolicyVersion.of(
        config, routing, new MaximalMarginalRelevance(lambda), DomainDefinitions.shipped());
  }
}
