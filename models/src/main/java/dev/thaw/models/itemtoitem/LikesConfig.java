package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/** Parameters of one {@link LikesRanker}. */
public sealed interface LikesConfig
    permits AnswerRegressionConfig,
        ItemToItemConfig,
        KernelAutoencoderConfig,
        LikesPopularityConfig {
  /** For other data than those it was chosen on. */
  LikesConfig grown(Interactions chosenOn, Interactions data);

  /** For a provenance. */
  Map<String, String> toMap();
}
