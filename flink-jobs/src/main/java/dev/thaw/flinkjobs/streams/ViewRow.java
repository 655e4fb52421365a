package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import java.time.Instant;
import java.util.Map;

/**
 * A row on its way to the online store; one without features deletes.
 *
 * @param isErasure whether it deletes because a user or an item was erased, so that what was once
 *     known of the key is to go as well
 */
public record ViewRow(String view, FeatureRow row, boolean isErasure) {
  public ViewRow {
    if (isErasure && !row.features().isEmpty()) {
      throw new IllegalArgumentException(
          "an erasure must have no features, had " + row.features().keySet());
    }
  }

  public ViewRow(String view, FeatureRow row) {
    this(view, row, false);
  }

  /**
   * The key's row is to be gone.
   *
   * @param time epoch milliseconds
   */
  public static ViewRow deletion(String view, EntityKey key, long time) {
    return new ViewRow(view, new FeatureRow(key, Map.of(), Instant.ofEpochMilli(time)));
  }

  /** As {@link #deletion}, and all that was ever known of the key. */
  public static ViewRow erasure(String view, EntityKey key, long time) {
    return new ViewRow(view, deletion(view, key, time).row(), true);
  }

  public boolean isDeletion() {
    return row.features().isEmpty();
  }
}
