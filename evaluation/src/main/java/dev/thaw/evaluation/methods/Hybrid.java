package dev.thaw.evaluation.methods;

import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.Stage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The routing that serving does by default, without its bandit: the first method of the user's
 * stage that has an answer.
 */
final class Hybrid implements RankingMethod {
  private final RoutingPolicy policy = new RoutingPolicy(RoutingConfig.DEFAULT);
  private final RankingMethod popularity;
  private final @Nullable RankingMethod content;
  private final RankingMethod factors;
  private final @Nullable RankingMethod crossDomain;

  Hybrid(
      RankingMethod popularity,
      @Nullable RankingMethod content,
      RankingMethod factors,
      @Nullable RankingMethod crossDomain) {
    this.popularity = popularity;
    this.content = content;
    this.factors = factors;
    this.crossDomain = crossDomain;
  }

  @Override
  public String name() {
    return "hybrid (routed)";
  }

  @Override
  public boolean score(Evidence user, float[] out) {
    Stage stage = policy.stage(user.support().interactions());
    List<dev.thaw.models.routing.Method> order =
        Objects.requireNonNull(RoutingConfig.DEFAULT.order().get(stage));
    for (dev.thaw.models.routing.Method method : order) {
      RankingMethod by =
          switch (method) {
            case FACTORS -> factors;
            case CROSS_DOMAIN -> crossDomain;
            case CONTENT -> content;
            case POPULARITY -> popularity;
          };
      if (by != null && by.score(user, out)) {
        return true;
      }
    }
    return popularity.score(user, out);
  }
}
