package dev.thaw.evaluation.parity;

import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bridge.VectorBlend;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.projection.ProjectionData;
import dev.thaw.models.projection.ProjectionTrainer;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.training.TrainingProgress;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is liked in another domain, by content: factors are learned there, and a ridge from what
 * items are into these factors places the items of the new domain, of which no interaction is used.
 * A user is the average one of the other domain until they like something here, which is folded in.
 */
final class LearnedElsewhere implements RankingMethod {
  static final String NAME = "learned elsewhere";

  /** Likes that weigh as much as the average user; not chosen by anything. */
  private static final double TRUST = 3;

  private final FactorModel placed;
  private final UserVector average;
  private final double quality;

  private LearnedElsewhere(FactorModel placed, UserVector average, double quality) {
    this.placed = placed;
    this.average = average;
    this.quality = quality;
  }

  /**
   * @param content vectors of both domains' items, of one space; items may lack one
   */
  static LearnedElsewhere train(
      ZeroOverlap domains, Map<ItemId, Embedding> content, int threads, long seed) {
    Interactions liked = domains.elsewhere().positives();
    ImplicitAlsConfig config =
        new ImplicitAlsTuning(
                ImplicitAlsConfig.DEFAULT,
                domains.elsewhere().scale(),
                threads,
                TrainingProgress.SILENT)
            .choose(liked, new SplittableRandom(seed))
            .config();
    FactorModel factors =
        FactorTrainers.implicitAls(
                config, domains.elsewhere().scale(), threads, TrainingProgress.SILENT)
            .fit(liked, new SplittableRandom(seed));
    Projection projection =
        new ProjectionTrainer(threads)
            .fit(
                new ProjectionData(liked, factors, domains.catalogueElsewhere(), content),
                new SplittableRandom(seed));
    return new LearnedElsewhere(
        place(domains, factors, projection, content),
        average(factors, liked),
        projection.quality().ndcg());
  }

  private static FactorModel place(
      ZeroOverlap domains,
      FactorModel factors,
      Projection projection,
      Map<ItemId, Embedding> content) {
    ItemDictionary items = domains.here().items();
    float[][] vectors = new float[items.size()][factors.rank() + 1];
    for (int i = 0; i < vectors.length; i++) {
      CatalogueItem record = domains.catalogueHere().get(items.get(i));
      if (record != null) {
        vectors[i] = projection.project(record, content.get(items.get(i)));
      }
    }
    // of no interaction: items have no bias yet, and the scale is all that is known
    Interactions none = domains.here().ofUsers(user -> false);
    return factors.over(domains.here().domain(), BiasModel.fit(none, domains.scale()), vectors);
  }

  private static UserVector average(FactorModel factors, Interactions liked) {
    float[] sum = new float[factors.rank()];
    int users = 0;
    for (UserId user : liked.users()) {
      if (liked.rowLength(liked.indexOf(user)) > 0) {
        UserVector vector = factors.foldIn(liked.history(user));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += vector.get(i);
        }
        users++;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= Math.max(1, users);
    }
    return UserVector.copyOf(sum, 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Role role() {
    return Role.BASELINE;
  }

  @Override
  public String note() {
    return "projection reaches nDCG@10 " + quality + " among held-out items of the other domain";
  }

  @Override
  public boolean score(Evidence user, float[] out) {
    UserVector own = placed.foldIn(user.support());
    placed.score(VectorBlend.of(own, placed.counted(user.support()), average, TRUST), out);
    return true;
  }

  /** Whether the average user of the other domain prefers anything. */
  static @Nullable String obstacle(ZeroOverlap domains) {
    if (domains.elsewhere().positives().size() == 0) {
      return "nobody likes anything elsewhere";
    }
    return domains.catalogueHere().isEmpty() || domains.catalogueElsewhere().isEmpty()
        ? "items are not described"
        : null;
  }
}
