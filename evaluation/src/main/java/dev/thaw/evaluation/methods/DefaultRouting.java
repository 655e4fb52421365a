package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.methods.UserVectors.Mapped;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.itemtoitem.ItemToItemPair;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutePlan;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.UserKnowledge;
import dev.thaw.serving.snapshot.DomainModels;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What serving does where nothing is configured, without its bandit: the policy plans by what is
 * known of the user, and the first usable method that has an answer ranks. The own and the mapped
 * vector are blended before either route uses one, at every stage.
 */
final class DefaultRouting implements RankingMethod {
  static final String NAME = "hybrid (default table)";

  private final UserVectors vectors;
  private final ItemToItemPair together;
  private final RankingMethod itemToItem;
  private final @Nullable RankingMethod content;
  private final RankingMethod segmentPopularity;
  private final RoutingPolicy policy = RoutingPolicy.standard();

  /**
   * @param together the model of {@code itemToItem}
   * @param content null where items have no text
   */
  DefaultRouting(
      UserVectors vectors,
      ItemToItemPair together,
      RankingMethod itemToItem,
      @Nullable RankingMethod content,
      RankingMethod segmentPopularity) {
    this.vectors = vectors;
    this.together = together;
    this.itemToItem = itemToItem;
    this.content = content;
    this.segmentPopularity = segmentPopularity;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Role role() {
    return Role.HYBRID;
  }

  @Override
  public boolean score(Evidence user, float[] out) {
    Optional<UserVector> blended = vectors.blended(user);
    for (RoutePlan.Step step : policy.plan(knowledge(user)).steps()) {
      if (step.usable() && score(step.method(), user, blended, out)) {
        return true;
      }
    }
    return false;
  }

  private UserKnowledge knowledge(Evidence user) {
    int liked = vectors.counted(user);
    return new UserKnowledge(
        user.support().interactions(),
        vectors.own(user).map(own -> new UserKnowledge.Folded(liked)).orElse(null),
        vectors.mapped(user).map(DefaultRouting::knowledge).orElse(null),
        together.counted(user.support()),
        liked,
        0,
        null);
  }

  /** Of a bridge that is not enabled there is no vector. */
  private static UserKnowledge.Mapped knowledge(Mapped mapped) {
    return new UserKnowledge.Mapped(
        mapped.source(),
        mapped.interactions(),
        true,
        DomainModels.bridgeConfidence(mapped.interactions()));
  }

  private boolean score(Method method, Evidence user, Optional<UserVector> vector, float[] out) {
    return switch (method) {
      case ITEM_TO_ITEM -> itemToItem.score(user, out);
      case FACTORS, CROSS_DOMAIN -> {
        vector.ifPresent(known -> vectors.score(known, out));
        yield vector.isPresent();
      }
      // no stage of the default table has it
      case META_LEARNED -> false;
      case CONTENT -> content != null && content.score(user, out);
      case POPULARITY -> segmentPopularity.score(user, out);
    };
  }
}
