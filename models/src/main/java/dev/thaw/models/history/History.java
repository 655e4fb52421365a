package dev.thaw.models.history;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;

/**
 * A user's history in one domain.
 *
 * @param interactions distinct items ever interacted with; decides the stage
 * @param entries the newest of them, newest first
 */
public record History(long interactions, List<Entry> entries) {
  public static final History EMPTY = new History(0, List.of());

  public History {
    entries = List.copyOf(entries);
  }

  /**
   * @param strength on the domain's rating scale
   * @param timeMillis newest interaction with the item
   */
  public record Entry(ItemId item, double strength, long timeMillis) {}

  /**
   * Reads a row of the view {@code user_history}.
   *
   * @throws IllegalArgumentException if the lists of the row have different lengths
   */
  public static History of(FeatureRow row) {
    throw new UnsupportedOperationException("not yet");
  }
}
