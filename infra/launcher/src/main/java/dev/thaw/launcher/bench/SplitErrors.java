package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.served.CatalogueRanker;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a model is worth on the held-out users of a split: the quality beside a training time. */
final class SplitErrors {
  private static final int CUT = 10;

  private SplitErrors() {}

  /** Of all ratings that the split does not give. */
  static RatingErrors ratings(
      Experiment split, Function<HeldOutUser, ToDoubleFunction<ItemId>> predictor) {
    RatingErrors errors = new RatingErrors();
    for (HeldOutUser user : split.test()) {
      ToDoubleFunction<ItemId> rating = predictor.apply(user);
      for (History.Entry entry : user.query(Objects.requireNonNullElse(user.support(), 0))) {
        errors.add(rating.applyAsDouble(entry.item()), entry.strength());
      }
    }
    return errors;
  }

  /** Mean nDCG at 10 over users who like something after the first {@code given}. */
  static double ndcg(Experiment split, Ranker ranker, int given) {
    double sum = 0;
    int users = 0;
    ItemDictionary items = split.training().items();
    CatalogueRanker ranked = new CatalogueRanker(ranker, items, split.scale(), 0);
    float[] scores = new float[items.size()];
    for (HeldOutUser user : split.test()) {
      History known = user.support(given);
      BitSet seen = new BitSet();
      known.entries().forEach(entry -> seen.set(items.indexOf(entry.item())));
      BitSet liked = new BitSet();
      for (History.Entry entry : user.query(given)) {
        if (split.scale().isPositive(entry.strength())) {
          liked.set(items.indexOf(entry.item()));
        }
      }
      if (!liked.isEmpty()) {
        ranked.score(known, scores);
        int[] top = TopItems.of(scores, CUT, item -> !seen.get(item));
        sum += RankingMetrics.ndcg(top, CUT, liked::get, liked.cardinality());
        users++;
      }
    }
    return sum / users;
  }
}
