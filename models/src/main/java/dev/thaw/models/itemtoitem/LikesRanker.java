package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.Ranker;

/**
 * Ranks a domain's items by those of a history that were liked; items that it does not know have
 * the score negative infinity.
 */
public sealed interface LikesRanker extends Ranker
    permits AnswerRegression, ItemToItemModel, KernelAutoencoder, LikesPopularity {
  DomainId domain();

  /** Says which items of a history are liked. */
  RatingScale scale();

  LikesConfig config();

  /** Whether the training says anything about the item. */
  boolean knows(int item);

  /** Whether an entry of a history has a part in the scores: liked, of an item trained on. */
  default boolean counts(History.Entry entry) {
    return scale().isPositive(entry.strength()) && items().indexOf(entry.item()) >= 0;
  }

  /** Entries of the history that count. */
  default int counted(History history) {
    int counted = 0;
    for (History.Entry entry : history.entries()) {
      counted += counts(entry) ? 1 : 0;
    }
    return counted;
  }
}
