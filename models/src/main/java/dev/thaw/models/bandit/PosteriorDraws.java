package dev.thaw.models.bandit;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exact draws from Beta posteriors, kept for the next request: arms without evidence share a few
 * priors, and the evidence of others changes every few seconds, while thousands of requests look at
 * them. The draws of a posterior depend on nothing but the posterior, so that decisions are the
 * same with an empty and a full cache. At most some 32 MB. Thread-safe.
 */
final class PosteriorDraws {
  /** Draws kept of each posterior. */
  static final int SIZE = 512;

  private static final int GENERATION = 8_192;

  private record Posterior(double alpha, double beta) {}

  private volatile Map<Posterior, int[]> young = new ConcurrentHashMap<>();
  private volatile Map<Posterior, int[]> old = Map.of();

  /** Keys of the odds {@code x / (1 - x)} of {@value #SIZE} draws; not to be changed. */
  int[] odds(double alpha, double beta) {
    Posterior posterior = new Posterior(alpha, beta);
    int[] known = young.get(posterior);
    if (known != null) {
      return known;
    }
    known = old.get(posterior);
    return keep(posterior, known == null ? draw(posterior) : known);
  }

  private int[] keep(Posterior posterior, int[] odds) {
    young.put(posterior, odds);
    if (young.size() > GENERATION) {
      synchronized (this) {
        if (young.size() > GENERATION) {
          old = young;
          young = new ConcurrentHashMap<>();
        }
      }
    }
    return odds;
  }

  private static int[] draw(Posterior posterior) {
    GammaSampler gammas = new GammaSampler(2);
    gammas.set(0, posterior.alpha());
    gammas.set(1, posterior.beta());
    SplittableRandom random =
        new SplittableRandom(
            31 * Double.doubleToLongBits(posterior.alpha())
                + Double.doubleToLongBits(posterior.beta()));
    int[] odds = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      odds[i] = WinnerFrequencies.key(gammas.draw(0, random) / gammas.draw(1, random));
    }
    return odds;
  }
}
