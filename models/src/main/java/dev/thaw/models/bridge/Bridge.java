package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/** Maps users of a source domain into the factor space of a target domain. Thread-safe. */
public sealed interface Bridge
    permits LinearBridge, HistoryBridge, MlpBridge, PlacingBridge, PtupcdrBridge {
  /** Standard name, such as {@code emcdr-linear}. */
  String name();

  DomainId source();

  DomainId target();

  /**
   * The user's vector and rating bias in the target domain.
   *
   * @param history in the source domain
   * @param sourceModel the factor model the bridge was trained with
   */
  UserVector map(History history, FactorModel sourceModel);

  /**
   * Scores the target's items for a user of whom nothing is known there: by the target's factors,
   * or in the bridge's own space.
   *
   * @param out one score per item of the target model, by its number
   */
  default void rank(
      History history, FactorModel sourceModel, FactorModel targetModel, float[] out) {
    targetModel.score(map(history, sourceModel), out);
  }

  /** All of the bridge but its name. */
  void write(BinaryWriter out);
}
