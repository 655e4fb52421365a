package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.BitSet;
import java.util.List;

/** A held-out user of whom nothing is given in the target, and the items there that they liked. */
record NewUser(UserId user, BitSet liked) {
  private static final int CUT = 10;

  /** Those who liked anything. */
  static List<NewUser> of(Experiment split) {
    return split.test().stream()
        .map(user -> new NewUser(user.user(), liked(user, split)))
        .filter(user -> !user.liked.isEmpty())
        .toList();
  }

  private static BitSet liked(HeldOutUser user, Experiment split) {
    BitSet liked = new BitSet();
    for (History.Entry entry : user.inOrder()) {
      int item = split.training().items().indexOf(entry.item());
      if (item >= 0 && split.scale().isPositive(entry.strength())) {
        liked.set(item);
      }
    }
    return liked;
  }

  /**
   * nDCG at 10 over the whole catalogue.
   *
   * @param scores one per item of the training data
   */
  double ndcg(float[] scores) {
    int[] top = TopItems.of(scores, CUT, item -> true);
    return RankingMetrics.ndcg(top, CUT, liked::get, liked.cardinality());
  }
}
