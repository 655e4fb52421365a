package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/**
 * @param lambda of the ridge, above 0; the kernel of a history with itself is one
 * @param gamma how much one attribute that differs makes two users less alike, at least 0, see
 *     {@link dev.thaw.models.kernel.AttributeKernel}
 * @param rank of the space that scores are kept to, at least 1
 * @param rows histories that are learned from at most, at least 2
 */
public record KernelAutoencoderConfig(double lambda, double gamma, int rank, int rows)
    implements LikesConfig {
  /**
   * That did best on five folds of users of MovieLens 100K, none of its published test users among
   * them: more rows gained nothing there, and more directions neither.
   */
  public static final KernelAutoencoderConfig DEFAULT =
      new KernelAutoencoderConfig(10, 0.2, 64, 2_000);

  public KernelAutoencoderConfig {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lambda must be > 0, was " + lambda);
    }
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("gamma must be >= 0, was " + gamma);
    }
    if (rank < 1 || rows < 2) {
      throw new IllegalArgumentException(
          "needs rank >= 1 and rows >= 2, were " + rank + " and " + rows);
    }
  }

  /** With as many rows as may be. */
  @Override
  public KernelAutoencoderConfig grown(Interactions chosenOn, Interactions data) {
    return new KernelAutoencoderConfig(lambda, gamma, rank, DEFAULT.rows);
  }

  /**
   * The default where it is chosen on some of the users: with as much less to learn from as models
   * that count have, or it would be thought better than it will be beside those of everybody.
   *
   * @param share of the users that is trained on
   */
  static KernelAutoencoderConfig ofShare(double share) {
    int rows = Math.max(2, (int) Math.round(DEFAULT.rows * Math.min(1, share)));
    return new KernelAutoencoderConfig(DEFAULT.lambda, DEFAULT.gamma, DEFAULT.rank, rows);
  }

  @Override
  public Map<String, String> toMap() {
    return Map.of(
        "similarity", KernelAutoencoder.NAME,
        "lambda", "" + lambda,
        "gamma", "" + gamma,
        "rank", "" + rank,
        "rows", "" + rows);
  }
}
