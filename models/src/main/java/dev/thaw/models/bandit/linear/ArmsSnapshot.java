package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Posteriors of arms that sums were read of, under what is assumed of their intercepts. Immutable,
 * thread-safe.
 */
public final class ArmsSnapshot implements LinearEvidence {
  private final String version;
  private final LinearPrior prior;
  private final Known unseen;
  private final Map<ItemId, Known> arms;
  private final BiFunction<Arm, Known, Intercept> intercepts;

  /**
   * What is known of an arm.
   *
   * @param learned of the arm's counts what its posterior holds
   * @param shown impressions that taught it, which do not fade
   * @param asOf to when what was learned has faded, epoch milliseconds
   */
  record Known(
      WeightsPosterior posterior, ArmEvidence learned, long shown, long asOf, Repairs repairs) {
    /** Of counts that have faded to a time, what the posterior holds. */
    ArmEvidence learned(long time, Fading fading) {
      double left = fading.left(asOf, time);
      return new ArmEvidence(left * learned.impressions(), left * learned.rewards());
    }
  }

  /**
   * @param unseen of an arm that no sums were read of
   * @param intercepts by arm, and what is known of it
   */
  ArmsSnapshot(
      String version,
      LinearPrior prior,
      Known unseen,
      Map<ItemId, Known> arms,
      BiFunction<Arm, Known, Intercept> intercepts) {
    this.version = version;
    this.prior = prior;
    this.unseen = unseen;
    this.arms = Map.copyOf(arms);
    this.intercepts = intercepts;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Repairs repairs() {
    return arms.values().stream().map(Known::repairs).reduce(Repairs.NONE, Repairs::plus);
  }

  /** Impressions and rewards that the statistics of an arm hold, as far as they have not faded. */
  public ArmEvidence learned(ItemId arm) {
    return known(arm).learned;
  }

  /** Where the weight of the first feature begins. */
  public Intercept intercept(Arm arm) {
    return intercepts.apply(arm, known(arm.item()));
  }

  private Known known(ItemId arm) {
    return arms.getOrDefault(arm, unseen);
  }

  @Override
  public Scores scores(List<Arm> eligible, Contexts contexts) {
    int d = prior.dimension();
    contexts.requireDimension(d);
    double[] mean = new double[eligible.size()];
    double[] deviation = new double[mean.length];
    double[] x = new double[d];
    long varianceProducts = 0;
    for (int i = 0; i < mean.length; i++) {
      Features.widen(contexts.of(i), x);
      Arm arm = eligible.get(i);
      Known known = known(arm.item());
      WeightsPosterior posterior = known.posterior;
      Intercept intercept = intercepts.apply(arm, known);
      double delta = intercept.strength() - prior.lambda();
      mean[i] = posterior.mean(x, delta, intercept.rewards());
      deviation[i] = Math.sqrt(posterior.variance(x, delta));
      varianceProducts += posterior.varianceProducts();
    }
    return new Scores(mean, deviation, 2L * d * mean.length, varianceProducts);
  }
}
