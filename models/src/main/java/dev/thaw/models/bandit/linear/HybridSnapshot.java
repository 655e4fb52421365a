package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Repairs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * LinUCB's hybrid model: {@code E[r] = z . beta + x . theta_a}, beta shared by all arms. A context
 * is z, k long, followed by x, d long. With {@code w = z - B' A^-1 x} the mean and variance of
 * algorithm 2, lines 9 to 12, are
 *
 * <pre>mean = w . beta + x' A^-1 b,  variance = w' A_0^-1 w + x' A^-1 x.</pre>
 *
 * Arms never seen are judged by the shared weights. Immutable, thread-safe. {@code 8 d (d + k)}
 * bytes an arm.
 */
public final class HybridSnapshot implements LinearEvidence {
  private final String version;
  private final int k;
  private final int d;
  private final RidgePosterior shared;
  private final HybridArm.Posterior unseen;
  private final Map<ItemId, HybridArm.Posterior> posteriors;
  private final Repairs repairs;

  HybridSnapshot(
      String version,
      int k,
      LinearPrior own,
      RidgePosterior shared,
      Map<ItemId, HybridArm.Posterior> posteriors,
      Repairs repairs) {
    this.version = version;
    this.k = k;
    this.d = own.dimension();
    this.shared = shared;
    this.unseen = new HybridArm(k, own).posterior(0);
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
    contexts.requireDimension(k + d);
    double[] mean = new double[arms.size()];
    double[] deviation = new double[mean.length];
    double[] all = new double[k + d];
    for (int i = 0; i < mean.length; i++) {
      Features.widen(contexts.of(i), all);
      double[] z = Arrays.copyOf(all, k);
      double[] x = Arrays.copyOfRange(all, k, k + d);
      HybridArm.Posterior arm = posteriors.getOrDefault(arms.get(i).item(), unseen);
      double[] rest = arm.rest(z, x);
      mean[i] = shared.mean(rest) + arm.own().mean(x);
      deviation[i] = Math.sqrt(shared.variance(rest) + arm.own().variance(x));
    }
    long toMean = (long) k * d + k + d;
    long toVariance = (long) k * (k + 1) + (long) d * (d + 1);
    return new Scores(mean, deviation, toMean * mean.length, toVariance * mean.length);
  }
}
