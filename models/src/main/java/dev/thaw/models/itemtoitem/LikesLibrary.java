package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Trains the rankers of ensembles, what several have in common once. */
final class LikesLibrary {
  private final Interactions positives;
  private final UserAttributes attributes;
  private final RatingScale scale;
  private final int threads;
  private final RandomGenerator random;
  private final int maxWeights;
  private final List<LikesRanker> trained = new ArrayList<>();

  /**
   * @param positives interactions that the users liked
   * @param threads change nothing but the time
   * @param counted models of counts that will be trained: all together hold no more weights than
   *     one may
   */
  LikesLibrary(
      Interactions positives,
      UserAttributes attributes,
      RatingScale scale,
      int threads,
      RandomGenerator random,
      List<LikesConfig> counted) {
    this.positives = positives;
    this.attributes = attributes;
    this.scale = scale;
    this.threads = threads;
    this.random = random;
    this.maxWeights = ItemToItemTrainer.MAX_WEIGHTS / Math.max(1, distinct(counted));
  }

  private static int distinct(List<LikesConfig> configs) {
    List<ItemToItemConfig> distinct = new ArrayList<>();
    for (LikesConfig config : configs) {
      if (config instanceof ItemToItemConfig counted
          && distinct.stream().noneMatch(counted::sharesWeights)) {
        distinct.add(counted);
      }
    }
    return distinct.size();
  }

  LikesEnsemble ensemble(EnsembleConfig config) {
    return new LikesEnsemble(
        config.parts().stream()
            .map(part -> new LikesEnsemble.Member(ranker(part.config()), part.weight()))
            .toList());
  }

  LikesRanker ranker(LikesConfig config) {
    if (config instanceof ItemToItemConfig counted) {
      return counts(counted);
    }
    if (config instanceof KernelAutoencoderConfig kernel) {
      return autoencoder(kernel);
    }
    return config instanceof AnswerRegressionConfig answers
        ? AnswerRegression.fit(answers, positives, scale)
        : LikesPopularity.fit(positives, scale);
  }

  private ItemToItemModel counts(ItemToItemConfig config) {
    ItemToItemModel weights =
        known(ItemToItemModel.class)
            .filter(each -> each.config().sharesWeights(config))
            .findFirst()
            .orElseGet(
                () -> {
                  ItemToItemModel model =
                      new ItemToItemTrainer(config, scale, threads, maxWeights).fit(positives);
                  trained.add(model);
                  return model;
                });
    return weights.with(config.popularityWeight(), config.historyPower());
  }

  private KernelAutoencoder autoencoder(KernelAutoencoderConfig config) {
    return known(KernelAutoencoder.class)
        .filter(each -> each.config().equals(config))
        .findFirst()
        .orElseGet(
            () -> {
              KernelAutoencoder model =
                  new KernelAutoencoderTrainer(config, scale).fit(positives, attributes, random);
              trained.add(model);
              return model;
            });
  }

  private <R extends LikesRanker> Stream<R> known(Class<R> kind) {
    return trained.stream().filter(kind::isInstance).map(kind::cast);
  }
}
