package dev.thaw.featuredefinitions.online;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of several rows with one key keeps the newest, of equally new ones the last. Stateless. */
public final class NewestRows {
  private NewestRows() {}

  /** One row a key, in the order in which the keys first appear. */
  public static List<FeatureRow> of(List<FeatureRow> rows) {
    if (rows.size() < 2) {
      return rows;
    }
    Map<EntityKey, FeatureRow> newest = new LinkedHashMap<>(rows.size() * 2);
    for (FeatureRow row : rows) {
      newest.merge(
          row.key(),
          row,
          (old, next) ->
              next.eventTime().toEpochMilli() < old.eventTime().toEpochMilli() ? old : next);
    }
    return new ArrayList<>(newest.values());
  }
}
