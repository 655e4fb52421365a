package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/** Popularity has no parameters. */
public record LikesPopularityConfig() implements LikesConfig {
  @Override
  public LikesPopularityConfig grown(Interactions chosenOn, Interactions data) {
    return this;
  }

  @Override
  public Map<String, String> toMap() {
    return Map.of("similarity", LikesPopularity.NAME);
  }
}
