package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.ranking.ScoreFusion;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutePlan;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.routing.UserKnowledge;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.sequential.SequentialModel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The models of one domain behind the methods of serving, without index, store and bandit: each
 * method scores the whole catalogue. The own and the mapped vector are blended before either of
 * their methods uses one. Immutable, thread-safe.
 */
public final class ServedModels {
  private final ItemDictionary items;
  private final ItemToItemEnsembles together;
  private final CatalogueRanker itemToItem;
  private final @Nullable CatalogueRanker content;
  private final UserVectors vectors;
  private final @Nullable SequentialModel sequential;
  private final @Nullable CatalogueRanker inOrder;
  private final SegmentPopularity popularity;
  private final Map<String, String> skipped;

  ServedModels(
      ServedData data,
      ItemToItemEnsembles together,
      UserVectors vectors,
      SegmentModel segments,
      @Nullable SequentialModel sequential,
      Map<String, String> skipped) {
    this.items = data.interactions().items();
    this.together = together;
    this.itemToItem = new CatalogueRanker(together, items, data.scale(), 1);
    this.content =
        data.content() == null ? null : new CatalogueRanker(data.content(), items, data.scale(), 1);
    this.vectors = vectors;
    this.sequential = sequential;
    this.inOrder =
        sequential == null ? null : new CatalogueRanker(sequential, items, data.scale(), 1);
    this.popularity = new SegmentPopularity(segments, vectors.target(), items);
    this.skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
  }

  /** What could not be trained, each with the reason. */
  public Map<String, String> skipped() {
    return skipped;
  }

  public FactorModel factors() {
    return vectors.target();
  }

  public SegmentModel segments() {
    return popularity.segments();
  }

  /** Of the pairs that could be trained, whether their gates let anybody pass or not. */
  public List<GatedBridge> bridges() {
    return vectors.bridges();
  }

  /**
   * @param policy says whom a bridge may rank for
   * @param out one score per item of the training data, by its number; higher is better
   * @return whether the method has an answer for this user; popularity always has
   */
  public boolean score(RoutingPolicy policy, Method method, Evidence user, float[] out) {
    return switch (method) {
      case ITEM_TO_ITEM -> itemToItem.score(user.support(), user.attributes(), out);
      case FACTORS, CROSS_DOMAIN -> vectors.scoreBlended(user, out);
      case FUSED -> fused(policy, user, out);
      case SEQUENTIAL -> inOrder != null && inOrder.score(user.support(), out);
      // its layers are made by a job of their own, where the configuration asks for them
      case META_LEARNED -> false;
      case CONTENT -> content != null && content.score(user.support(), out);
      case POPULARITY -> popularity(user, out);
    };
  }

  private boolean fused(RoutingPolicy policy, Evidence user, float[] out) {
    UserKnowledge known = knowledge(user);
    if (!policy.isUsable(Method.FUSED, known)
        || !itemToItem.score(user.support(), user.attributes(), out)) {
      return false;
    }
    IntPredicate unknown = unknown(user);
    ScoreFusion<Integer> fusion = new ScoreFusion<>();
    addTop(fusion, out, unknown, 1);
    if (policy.fusesPlace(known)) {
      vectors.scoreMapped(user, out);
      addTop(fusion, out, unknown, ScoreFusion.weightBeside(known.knownLikes()));
    } else if (vectors.scoreBlended(user, out)) {
      addTop(fusion, out, unknown, 1);
    } else {
      return false;
    }
    Arrays.fill(out, Float.NEGATIVE_INFINITY);
    fusion.best().forEach(each -> out[each.getKey()] = each.getValue().floatValue());
    return true;
  }

  private static void addTop(
      ScoreFusion<Integer> fusion, float[] scores, IntPredicate unknown, double weight) {
    int[] top = TopItems.of(scores, ScoreFusion.DEPTH, unknown);
    fusion.add(
        Arrays.stream(top).boxed().toList(),
        Arrays.stream(top).mapToDouble(item -> scores[item]).toArray(),
        weight);
  }

  private IntPredicate unknown(Evidence user) {
    BitSet known = new BitSet();
    user.support().entries().stream()
        .mapToInt(entry -> items.indexOf(entry.item()))
        .filter(item -> item >= 0)
        .forEach(known::set);
    return item -> !known.get(item);
  }

  /** By the user's own vector alone. */
  public boolean scoreByOwn(Evidence user, float[] out) {
    Optional<UserVector> own = vectors.own(user);
    own.ifPresent(known -> vectors.score(known, out));
    return own.isPresent();
  }

  /** By the vector mapped from another domain alone. */
  public boolean scoreByMapped(Evidence user, float[] out) {
    return vectors.scoreMapped(user, out);
  }

  private boolean popularity(Evidence user, float[] out) {
    UserProfile profile = user.profile() == null ? UserProfile.empty(user.user()) : user.profile();
    popularity.score(profile, user.support(), out);
    return true;
  }

  /**
   * Scores by the first method of the user's plan that has an answer, as serving does.
   *
   * @param learned the domain's own table, null for the policy's
   */
  public void route(
      RoutingPolicy policy, @Nullable RoutingTable learned, Evidence user, float[] out) {
    for (RoutePlan.Step step : policy.plan(knowledge(user), learned).steps()) {
      if (step.usable() && score(policy, step.method(), user, out)) {
        return;
      }
    }
  }

  /**
   * What routing sees of the user. Of a bridge whose gate doesn't admit the user there is no
   * vector. What was said in onboarding is known, but is no interaction.
   */
  public UserKnowledge knowledge(Evidence user) {
    int liked = vectors.counted(user);
    return new UserKnowledge(
        user.support().interactions() - user.support().answers(),
        vectors.own(user).map(own -> new UserKnowledge.Folded(liked)).orElse(null),
        vectors.mapped(user).map(ServedModels::knowledge).orElse(null),
        together.counted(user.support()),
        content == null ? 0 : liked,
        0,
        null,
        null,
        sequential == null ? 0 : sequential.counted(user.support()),
        together.answers(user.support()));
  }

  private static UserKnowledge.Mapped knowledge(UserVectors.Mapped mapped) {
    return new UserKnowledge.Mapped(
        mapped.source(),
        mapped.interactions(),
        true,
        UserKnowledge.Mapped.confidenceOf(mapped.interactions()),
        mapped.place() != null);
  }
}
