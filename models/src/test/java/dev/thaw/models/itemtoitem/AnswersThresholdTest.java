package dev.thaw.models.itemtoitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.CrossValidation.Measured;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswersThresholdTest {
  /**
   * @param gains of the mean user at each number of questions; users differ by far more
   */
  private static AnswersThreshold choose(int users, double... gains) {
    SplittableRandom random = new SplittableRandom(3);
    Map<Integer, double[]> likes = new HashMap<>();
    Map<Integer, double[]> answers = new HashMap<>();
    for (int q = 0; q < gains.length; q++) {
      int given = ColdUsers.asked(ColdUsers.QUESTIONS.get(q));
      double gain = gains[q];
      double[] byLikes = random.doubles(users).toArray();
      double[] byAnswers = byLikes.clone();
      Arrays.setAll(byAnswers, u -> byLikes[u] + gain + (u % 2 == 0 ? 0.1 : -0.1));
      likes.put(given, byLikes);
      answers.put(given, byAnswers);
    }
    return AnswersThreshold.choose(
        new Measured(answers), new Measured(likes), new SplittableRandom(1));
  }

  @Test
  void whereAnswersHelpOnlyAfterManyQuestionsTheyAreUsedFromThereOn() {
    assertThat(choose(400, 0, 0.03, 0.05).from()).isEqualTo(5);
    assertThat(choose(400, -0.03, 0, 0.05).from()).isEqualTo(10);
    assertThat(choose(400, 0.03, 0.03, 0.05).from()).isEqualTo(3);
  }

  @Test
  void fewQuestionsDontGainBeyondMoreThatDoNot() {
    assertThat(choose(400, 0.05, -0.01, 0.05).from()).isEqualTo(10);
  }

  @Test
  void tiesAndTooFewUsersKeepLikes() {
    assertThat(choose(400, 0, 0, 0).from()).isEqualTo(HistoryKind.NEVER);
    assertThat(choose(400, 0.05, 0.05, 0).from()).isEqualTo(HistoryKind.NEVER);
    assertThat(choose(50, 0.5, 0.5, 0.5).from()).isEqualTo(3);
    assertThat(choose(49, 0.5, 0.5, 0.5).from()).isEqualTo(HistoryKind.NEVER);
    assertThat(choose(0).from()).as("nobody measured").isEqualTo(HistoryKind.NEVER);
  }

  @Test
  void theGainOfEveryNumberIsSaid() {
    Map<String, Double> gains = choose(400, -0.25, 0.125, 0.5).gains();
    assertThat(gains)
        .containsOnlyKeys("answers_gain_at_3", "answers_gain_at_5", "answers_gain_at_10");
    assertThat(gains.get("answers_gain_at_3")).isBetween(-0.2501, -0.2499);
    assertThat(gains.get("answers_gain_at_10")).isBetween(0.4999, 0.5001);
  }
}
