package dev.thaw.serving.pipeline;

import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.config.FeatureSource;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.models.diversity.DiversityRule;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names what decides, beside models and posteriors, which item is shown with which chance: two
 * servers with the same policy have the same name, wherever they listen, and any change of it gives
 * another. It begins with the policy of the bandit's slots in words, so that a log tells it without
 * the configuration: {@code beta-thompson(draws=400,floor=0.01)/} and 16 hexadecimal digits.
 */
final class PolicyVersion {
  private PolicyVersion() {}

  static String of(
      ServedPolicy<?> bandit,
      ServingConfig config,
      RoutingConfig routing,
      DiversityRule diversity,
      DomainDefinitions domains) {
    List<Object> parts = new ArrayList<>();
    // where it listens and reads, and what else it writes down, decides nothing
    parts.add(
        config
            .withAddress("any", 0)
            .withFeatures(new FeatureSource("direct", ""))
            .withBandit(config.banditPolicy().withLogFeatures(false), config.explorationBudget()));
    parts.add(
        List.of(
            routing.someFrom(),
            routing.manyFrom(),
            routing.minConfidence(),
            routing.minSourceInteractions()));
    // maps come in an order of each process's own
    for (Stage stage : Stage.values()) {
      parts.add(stage);
      parts.add(routing.order().get(stage));
      parts.add(routing.methodsOfPlacedAt(stage));
      parts.add(routing.banditSlots().get(stage));
    }
    parts.add(RoutingConfig.LIKES_TO_FUSE);
    parts.add(diversity);
    parts.add(Shortlist.PRIORS);
    parts.add(NeighbourPriors.DEFAULT);
    parts.add(Shortlist.NEWCOMER_PLACES);
    parts.addAll(domains.all());
    return bandit.version()
        + "/"
        + Hashing.sha256()
            .hashString(parts.toString(), StandardCharsets.UTF_8)
            .toString()
            .substring(0, 16);
  }
}
