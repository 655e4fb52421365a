package dev.thaw.evaluation.methods;

import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A routing without its bandit: the first method of the user's stage that has an answer.
 *
 * @param order by stage, most preferred first; the last one always has an answer
 */
public record Hybrid(String name, RoutingPolicy policy, Map<Stage, List<RankingMethod>> order)
    implements RankingMethod {
  public Hybrid {
    order = new HashMap<>(order);
  }

  @Override
  public Role role() {
    return Role.HYBRID;
  }

  @Override
  public boolean score(Evidence user, float[] out) {
    Stage stage = policy.stage(user.support().interactions());
    for (RankingMethod method : order.getOrDefault(stage, List.of())) {
      if (method.score(user, out)) {
        return true;
      }
    }
    return false;
  }
}
