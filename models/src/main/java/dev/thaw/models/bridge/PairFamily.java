package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All pairs of domains that one training run decides over. Each is a test of its own, and of twenty
 * pairs without anything to transfer one would open by chance; so the p-values are adjusted by Holm
 * over all of them, and the chance that any such pair opens stays at most {@value #ALPHA}.
 */
public final class PairFamily {
  /** Chance of any false opening among all the pairs of a run, at most. */
  public static final double ALPHA = 0.05;

  /** So that a p-value can be as small as the level of one pair among {@link #MAX_PAIRS}. */
  static final Bootstrap TEST = new Bootstrap(20_000, 0.95);

  /** Of more pairs none could open: no p-value is below 1 / (resamples + 1). */
  static final int MAX_PAIRS = (int) (ALPHA * (TEST.resamples() + 1));

  private PairFamily() {}

  /**
   * @throws IllegalArgumentException if so many pairs can't be decided together; to be asked before
   *     they are trained
   */
  public static void requireSize(int pairs) {
    if (pairs > MAX_PAIRS) {
      throw new IllegalArgumentException(
          "at most "
              + MAX_PAIRS
              + " pairs of domains can be decided together, were "
              + pairs
              + "; name fewer sources of domains");
    }
  }

  /**
   * Pairs of a target and one of its sources that share enough users to be decided over. O(users).
   *
   * @param interactions of a domain, liked or not; empty where there are none
   */
  public static int size(
      DomainDefinitions domains, Function<DomainId, Optional<Interactions>> interactions) {
    int pairs = 0;
    for (DomainDefinition target : domains.all()) {
      Optional<Interactions> liked =
          interactions
              .apply(target.name())
              .map(all -> all.where(RatingScale.of(target)::isPositive));
      for (DomainId source : target.sources()) {
        Optional<Interactions> there = interactions.apply(source);
        pairs +=
            liked.isPresent()
                    && there.isPresent()
                    && BridgeData.overlap(there.get(), liked.get()) >= BridgeTrainer.MIN_OVERLAP
                ? 1
                : 0;
      }
    }
    return pairs;
  }

  /**
   * The same bridges in the same order, each with its decision among all the pairs. None is enabled
   * that was not enabled alone.
   *
   * @param bridges each decided alone, as {@link BridgeTrainer} does
   * @param pairs of the run; those beyond the bridges, which were trained elsewhere, count as not
   *     enabled, which is the strictest that they can be for the others
   * @throws IllegalArgumentException with fewer pairs than bridges, with more than {@link
   *     #MAX_PAIRS}, or with a bridge that was decided among several already
   */
  public static List<GatedBridge> decide(List<GatedBridge> bridges, int pairs) {
    if (pairs < bridges.size() || pairs > MAX_PAIRS) {
      throw new IllegalArgumentException(
          "pairs must be in [" + bridges.size() + ", " + MAX_PAIRS + "], were " + pairs);
    }
    double[] pValues = new double[pairs];
    Arrays.fill(pValues, 1);
    for (int b = 0; b < bridges.size(); b++) {
      PairTest test = bridges.get(b).decision().test();
      if (test.pairs() != 1) {
        throw new IllegalArgumentException(
            "bridge "
                + bridges.get(b).bridge().source()
                + " -> "
                + bridges.get(b).bridge().target()
                + " must have been decided alone, was among "
                + test.pairs());
      }
      pValues[b] = test.p();
    }
    double[] adjusted = Holm.adjusted(pValues);
    List<GatedBridge> decided = new ArrayList<>();
    for (int b = 0; b < bridges.size(); b++) {
      GatedBridge bridge = bridges.get(b);
      PairTest test = new PairTest(pValues[b], adjusted[b], pairs);
      decided.add(new GatedBridge(bridge.bridge(), bridge.decision().with(test)));
    }
    return decided;
  }
}
