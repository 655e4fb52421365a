package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.training.Shuffled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Chooses how strongly {@link CollectiveFactorisation} is drawn to the biases alone, by the RMSE of
 * a fifth of the overlap users held out as if cold in the target. O(candidates x training).
 */
public final class CollectiveTuning {
  private static final double[] FACTORS = {1, 3, 10, 30, 100};
  private static final double HELD_OUT = 0.2;

  private CollectiveTuning() {}

  /**
   * @param base all but the weights of the squared factors, of which multiples are tried
   */
  public static ExplicitAlsConfig choose(
      RatingPair data, ExplicitAlsConfig base, int threads, RandomGenerator random) {
    List<UserId> overlap = Shuffled.of(data.overlap(), random);
    Set<UserId> cold = new HashSet<>(overlap.subList(0, (int) (overlap.size() * HELD_OUT)));
    RatingPair known = data.within(data.target().ofUsers(user -> !cold.contains(user)));
    ExplicitAlsConfig best = base;
    double least = Double.POSITIVE_INFINITY;
    for (double factor : FACTORS) {
      ExplicitAlsConfig each =
          base.withRegularisation(
              factor * base.lambda(), base.countPower(), factor * base.foldInLambda());
      CollectiveFactorisation model =
          new CollectiveFactorisationTrainer(each, threads).fit(known, random);
      double rmse = rmse(model, data, cold);
      if (rmse < least) {
        least = rmse;
        best = each;
      }
    }
    return best;
  }

  private static double rmse(CollectiveFactorisation model, RatingPair data, Set<UserId> cold) {
    RatingErrors errors = new RatingErrors();
    for (UserId user : data.overlap()) {
      if (cold.contains(user)) {
        CollectiveFactorisation.Cold known = model.cold(data.source().history(user));
        for (History.Entry entry : data.target().history(user).entries()) {
          errors.add(model.rating(known, entry.item()), entry.strength());
        }
      }
    }
    return errors.rmse();
  }
}
