package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import java.util.List;

/** Ratings of two domains that share users. */
public record RatingPair(
    Interactions source, RatingScale sourceScale, Interactions target, RatingScale targetScale) {
  public RatingPair {
    if (source.domain().equals(target.domain())) {
      throw new IllegalArgumentException("needs two domains, was twice " + source.domain());
    }
  }

  /** Users with ratings in both, in the order of their ids. */
  public List<UserId> overlap() {
    return Overlap.users(source, target);
  }

  /** The same source with fewer ratings in the target. */
  public RatingPair within(Interactions less) {
    return new RatingPair(source, sourceScale, less, targetScale);
  }

  /** Least squares over the overlap. */
  BiasTransfer transfer(BiasModel sourceBiases, BiasModel targetBiases) {
    List<UserId> overlap = overlap();
    double[] from = new double[overlap.size()];
    double[] to = new double[overlap.size()];
    int[] ratings = new int[overlap.size()];
    for (int u = 0; u < from.length; u++) {
      History there = target.history(overlap.get(u));
      from[u] = sourceBiases.userBias(source.history(overlap.get(u)));
      to[u] = targetBiases.residuals(there);
      ratings[u] = there.entries().size();
    }
    return BiasTransfer.fit(from, to, ratings);
  }
}
