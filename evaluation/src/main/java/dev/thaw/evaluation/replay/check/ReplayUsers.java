package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.simulation.Visit;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import java.util.ArrayList;
import java.util.List;

/**
 * Who comes to a world, and what is known of them.
 *
 * @param tastes numbers of a user's taste, at least 2, which are known with a 1 before them; 0
 *     where all users are alike
 * @param trainings how many spaces of features follow each other, at equal distances: each has the
 *     same tastes in another order
 */
public record ReplayUsers(int tastes, int trainings) {
  public static final ReplayUsers ALIKE = new ReplayUsers(0, 1);

  public ReplayUsers {
    if (tastes < 0 || tastes == 1) {
      throw new IllegalArgumentException("tastes must be 0 or >= 2, were " + tastes);
    }
    if (trainings < 1) {
      throw new IllegalArgumentException("trainings must be >= 1, were " + trainings);
    }
  }

  /**
   * @param done share of the visits before this one, in [0, 1)
   */
  DecisionFeatures features(Visit visit, double done) {
    if (tastes == 0) {
      return DecisionFeatures.NONE;
    }
    int training = (int) (done * trainings);
    float[] known = visit.contexts().of(0);
    List<Float> values = new ArrayList<>();
    values.add(1f);
    for (int j = 0; j < tastes; j++) {
      values.add(known[1 + (j + training) % tastes]);
    }
    return new DecisionFeatures("tastes@" + training, values);
  }
}
