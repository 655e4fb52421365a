package dev.thaw.models.itemtoitem;

import dev.thaw.models.history.History;
import dev.thaw.models.validation.ColdUsers;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of histories, each answered by an ensemble of its own. How much popularity has to help, and
 * how far to trust pairs of items, changes most with the first likes: limits of lengths are
 * halfway, in ratio, between the lengths that two ensembles are chosen on. Of what was asked in
 * onboarding it is known, too, what is not liked; and it is about popular items, which are not
 * shown then.
 */
public enum HistoryKind {
  FIRST(List.of(1)),
  FEW(List.of(3)),
  MANY(List.of(10, 20)),
  ANSWERS(List.of(ColdUsers.asked(3), ColdUsers.asked(10)));

  /** Questions that are never asked: answers are ranked by as likes are. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final int FROM_FEW = 2;
  private static final int FROM_MANY = 6;

  private final List<Integer> given;

  HistoryKind(List<Integer> given) {
    this.given = given;
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
   * @param liked what counts of a history
   * @param answers of it that are understood, whatever they say
   * @param answersFrom from how many questions on answers have an ensemble of their own
   */
  static HistoryKind of(History liked, int answers, int answersFrom) {
    if (liked.isMostlyAnswers() && answers >= answersFrom) {
      return ANSWERS;
    }
    return lengthOf(liked.entries().size());
  }

  private static HistoryKind lengthOf(int liked) {
    return liked >= FROM_MANY ? MANY : liked >= FROM_FEW ? FEW : FIRST;
  }
}
