package dev.thaw.models.itemtoitem;

import dev.thaw.models.history.History;
import dev.thaw.models.validation.ColdUsers;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of histories, each answered by an ensemble of its own. How much popularity has to help, and
 * how far to trust pairs of items, changes most with the first likes: limits of lengths are
 * halfway, in ratio, between the lengths that two ensembles are chosen on. What was answered in
 * onboarding is about popular items alone, and several answers say the more for it.
 */
public enum HistoryKind {
  FIRST(0, 1),
  FEW(2, 3),
  MANY(6, 10, 20),
  ANSWERS(ColdUsers.LEAST_ANSWERS, ColdUsers.ASKED);

  private final int from;
  private final List<Integer> given;

  HistoryKind(int from, Integer... given) {
    this.from = from;
    this.given = List.of(given);
  }

  /** What is given of {@link ColdUsers} that the ensemble is chosen on. */
  List<Integer> given() {
    return given;
  }

  /** In a provenance. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param liked items of the history
   */
  static HistoryKind of(History history, int liked) {
    if (history.isMostlyAnswers() && liked >= ANSWERS.from) {
      return ANSWERS;
    }
    return liked >= MANY.from ? MANY : liked >= FEW.from ? FEW : FIRST;
  }
}
