package dev.thaw.models.itemtoitem;

import dev.thaw.models.metrics.SignFlips;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.CrossValidation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * From how many onboarding questions on an ensemble of their own ranks better by the answers than
 * they are ranked by as likes.
 *
 * @param from one of {@link ColdUsers#QUESTIONS}, or {@link HistoryKind#NEVER}
 * @param gains mean gain in nDCG at 10 of each of these numbers, by itself, for a provenance
 */
record AnswersThreshold(int from, Map<String, Double> gains) {
  /** With fewer users likes are kept to. */
  private static final int MIN_USERS = 50;

  private static final int FLIPS = 2_000;
  private static final double LEVEL = 0.025;

  AnswersThreshold {
    gains = Map.copyOf(gains);
  }

  /** What all questions are measured at. */
  static List<Integer> given() {
    return ColdUsers.QUESTIONS.stream().map(ColdUsers::asked).toList();
  }

  /**
   * The least number of questions from which on every number gains, by a test of the users' paired
   * gains; from the most questions down, so that the first that gains nothing ends it. The sum of
   * answers was chosen on the same users, so the level is not quite held.
   *
   * @param byAnswers of the same users as {@code byLikes}, in the same order
   */
  static AnswersThreshold choose(
      CrossValidation.Measured byAnswers,
      CrossValidation.Measured byLikes,
      RandomGenerator random) {
    Map<String, Double> gains = new HashMap<>();
    int from = HistoryKind.NEVER;
    boolean gaining = true;
    for (int q = ColdUsers.QUESTIONS.size() - 1; q >= 0; q--) {
      int questions = ColdUsers.QUESTIONS.get(q);
      double[] gain = byAnswers.of(ColdUsers.asked(questions));
      double[] likes = byLikes.of(ColdUsers.asked(questions));
      Arrays.setAll(gain, user -> gain[user] - likes[user]);
      gains.put("answers_gain_at_" + questions, Arrays.stream(gain).average().orElse(0));
      gaining &= gain.length >= MIN_USERS && SignFlips.pValue(gain, FLIPS, random) < LEVEL;
      from = gaining ? questions : from;
    }
    return new AnswersThreshold(from, gains);
  }
}
