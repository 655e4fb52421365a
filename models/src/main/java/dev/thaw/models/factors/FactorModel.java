package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;

/**
 * Items of one domain as factors of rank d with a bias, and the rule that gives a user's vector in
 * closed form. Immutable, thread-safe.
 */
public final class FactorModel {
  private FactorModel() {}

  public DomainId domain() {
    throw new UnsupportedOperationException("not yet");
  }

  public FactorKind kind() {
    throw new UnsupportedOperationException("not yet");
  }

  /** d. */
  public int rank() {
    throw new UnsupportedOperationException("not yet");
  }

  /** mu; 0 under an implicit model. */
  public double mean() {
    throw new UnsupportedOperationException("not yet");
  }

  public RatingScale scale() {
    throw new UnsupportedOperationException("not yet");
  }

  public ItemDictionary items() {
    throw new UnsupportedOperationException("not yet");
  }

  /** b_i of a numbered item. */
  public float itemBias(int item) {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code factors.<domain>}, d components: where users' vectors live. */
  public VectorSpace userSpace(String version) {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code factors.<domain>}, d + 1 components, inner product: where index vectors live. */
  public VectorSpace indexSpace(String version) {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code [q_i; b_i]}, length d + 1. */
  public float[] indexVector(int item) {
    throw new UnsupportedOperationException("not yet");
  }

  /** As {@link #indexVector(int)}; null for items that were not there in training. */
  public float @org.jspecify.annotations.Nullable [] indexVector(ItemId item) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Closed-form vector of a user with this history, with the item factors fixed; the zero vector
   * for an empty history. O(n d^2 + d^3). Items not in the dictionary are left out.
   */
  public UserVector foldIn(History history) {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code <p, q_i> + b_i} of every item; mu and the user's bias, the same for all, left out. */
  public void score(UserVector user, float[] out) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * {@code mu + b_u + b_i + <p, q_i>} clipped to the scale; {@code mu + b_u} for unknown items.
   *
   * @throws IllegalStateException for implicit models
   */
  public double rating(UserVector user, ItemId item) {
    throw new UnsupportedOperationException("not yet");
  }
}
