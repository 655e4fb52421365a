package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import java.util.List;
import java.util.Map;

/**
 * Posteriors of all arms with full covariance, each arm with weights of its own (LinUCB's disjoint
 * model). The score of an arm in context x is exactly {@code N(theta . x, noise^2 x' A^-1 x)}, and
 * independent of those of others, so that no weights need to be drawn and no factor of A is kept.
 * Arms never seen are as the prior says. Immutable, thread-safe. {@code 8 d^2} bytes an arm.
 */
public final class RidgeSnapshot implements LinearEvidence {
  private final String version;
  private final LinearPrior prior;
  private final RidgePosterior unseen;
  private final Map<ItemId, RidgePosterior> posteriors;
  private final Repairs repairs;

  RidgeSnapshot(
      String version, LinearPrior prior, Map<ItemId, RidgePosterior> posteriors, Repairs repairs) {
    this.version = version;
    this.prior = prior;
    this.unseen = new RidgeStatistics(prior, Fading.NONE).posterior(0);
    this.posteriors = Map.copyOf(posteriors);
    this.repairs = repairs;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Repairs repairs() {
    return repairs;
  }

  @Override
  public Scores scores(List<Arm> arms, Contexts contexts) {
    int d = prior.dimension();
    contexts.requireDimension(d);
    double[] mean = new double[arms.size()];
    double[] deviation = new double[mean.length];
    double[] x = new double[d];
    long meanProducts = 0;
    long varianceProducts = 0;
    for (int i = 0; i < mean.length; i++) {
      Features.widen(contexts.of(i), x);
      RidgePosterior posterior = posteriors.getOrDefault(arms.get(i).item(), unseen);
      mean[i] = posterior.mean(x);
      deviation[i] = Math.sqrt(posterior.variance(x));
      meanProducts += d;
      varianceProducts += (long) d * (d + 1);
    }
    return new Scores(mean, deviation, meanProducts, varianceProducts);
  }
}
