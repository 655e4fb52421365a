package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.kernel.RankingSpace;

/**
 * A bridge that gives a user a place in a {@link RankingSpace} of its own, by which it ranks who
 * has no likes in the target, and maps into the target's factors what these can hold of it, for
 * users with likes there, whose vectors are in that space.
 */
sealed interface PlacingBridge extends Bridge permits CollectiveBridge, GraphBridge, KernelBridge {
  OwnSpace own();

  /** Where it ranks. */
  default RankingSpace space() {
    return own().space();
  }

  @Override
  default DomainId target() {
    return own().target();
  }

  /** Whether the history tells it anything: without, everybody has the same place. */
  boolean knows(History history);

  /**
   * The user's vector in {@link #space}.
   *
   * @param sourceModel says what was liked
   */
  float[] place(History history, FactorModel sourceModel);

  /** Place and vector at once: most of either is the place. */
  default GatedBridge.Mapped located(History history, FactorModel sourceModel) {
    float[] place = place(history, sourceModel);
    UserVector vector = own().image().of(place, sourceModel.biases().userBias(history));
    return new GatedBridge.Mapped(vector, place);
  }

  @Override
  default UserVector map(History history, FactorModel sourceModel) {
    return located(history, sourceModel).vector();
  }

  /**
   * @throws IllegalArgumentException if the target model has other items than the space
   */
  @Override
  default void rank(
      History history, FactorModel sourceModel, FactorModel targetModel, float[] out) {
    if (out.length != space().items().size()) {
      throw new IllegalArgumentException(
          "%s %s -> %s ranks the %d items that it was trained on, %s were asked for"
              .formatted(name(), source(), target(), space().items().size(), targetModel));
    }
    space().score(place(history, sourceModel), out);
  }
}
