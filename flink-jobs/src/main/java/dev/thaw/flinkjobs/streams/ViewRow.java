package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import java.time.Instant;
import java.util.Map;

/** A row on its way to the online store; one without features deletes. */
public record ViewRow(String view, FeatureRow row) {

  /**
   * The key's row is to be gone.
   *
   * @param time epoch milliseconds
   */
  public static ViewRow deletion(String view, EntityKey key, long time) {
    return new ViewRow(view, new FeatureRow(key, Map.of(), Instant.ofEpochMilli(time)));
  }

  public boolean isDeletion() {
    return row.features().isEmpty();
  }
}
