package dev.thaw.evaluation.methods;

import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.served.ServedModels;
import org.jspecify.annotations.Nullable;

/**
 * What serving does with its models and no bandit: the first usable method of the user's plan that
 * has an answer ranks.
 *
 * @param learned the domain's own routing table, null for the policy's
 */
public record Routed(
    String name, ServedModels models, RoutingPolicy policy, @Nullable RoutingTable learned)
    implements RankingMethod {
  /** Of serving where nothing is configured and nothing was learned. */
  public static Routed byDefault(ServedModels models) {
    return new Routed("hybrid (default table)", models, RoutingPolicy.standard(), null);
  }

  @Override
  public Role role() {
    return Role.HYBRID;
  }

  @Override
  public boolean score(Evidence user, float[] out) {
    models.route(policy, learned, user, out);
    return true;
  }
}
