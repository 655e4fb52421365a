package dev.thaw.evaluation.methods;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.served.Evidence;
import java.util.function.ToDoubleFunction;

/** Predicts ratings in the target domain. Thread-safe. */
public interface RatingMethod {
  String name();

  /** Whether it is the baseline that the others have to beat. */
  default boolean isBar() {
    return false;
  }

  /** The user's predictor: every item has a rating, unknown ones too. */
  ToDoubleFunction<ItemId> of(Evidence user);
}
