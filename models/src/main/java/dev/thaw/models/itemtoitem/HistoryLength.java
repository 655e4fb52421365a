package dev.thaw.models.itemtoitem;

import java.util.List;
import java.util.Locale;

/**
 * Lengths of histories, each answered by an ensemble of its own: how much popularity has to help,
 * and how far to trust pairs of items, changes most with the first likes. Limits are halfway, in
 * ratio, between the lengths that two ensembles are chosen on.
 */
public enum HistoryLength {
  FIRST(0, 1),
  FEW(2, 3),
  MANY(6, 10, 20);

  private final int from;
  private final List<Integer> given;

  HistoryLength(int from, Integer... given) {
    this.from = from;
    this.given = List.of(given);
  }

  /** Numbers of likes that the ensemble is chosen on. */
  List<Integer> given() {
    return given;
  }

  /** In a provenance. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param liked items of a history
   */
  static HistoryLength of(int liked) {
    HistoryLength found = FIRST;
    for (HistoryLength each : values()) {
      if (liked >= each.from) {
        found = each;
      }
    }
    return found;
  }
}
