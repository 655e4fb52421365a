package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.models.bandit.linear.LinearSums;
import dev.thaw.models.routing.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a contextual policy of the first slots is told of a user: 1; then for each stage but the
 * first 1 if it is the user's, else 0; then the user's factor vector of the active set, scaled to
 * length 1, as many of its first components as fit, zeros for a user without one.
 *
 * @param name of the space: the kind of the features, and the version of the factor model where
 *     there is one, as vectors of two trainings don't compare
 * @param factors components of a user's vector that are used, 0 without a factor model
 */
public record ContextSpace(String name, int factors) {
  private static final int STAGES = Stage.values().length;

  private static final int MOST_FACTORS = LinearSums.MOST_FEATURES - STAGES;

  /** That of an artefact set. */
  public static ContextSpace of(DomainModels models) {
    DomainModels.Factors found = models.factors();
    return found == null
        ? new ContextSpace("stage", 0)
        : new ContextSpace(
            "stage+factors@" + found.space().modelVersion(),
            Math.min(MOST_FACTORS, found.items().rank()));
  }

  /** That which features are of. */
  static ContextSpace of(DecisionFeatures features) {
    return new ContextSpace(features.space(), features.values().size() - STAGES);
  }

  /** d, at most {@value LinearSums#MOST_FEATURES}. */
  public int dimension() {
    return STAGES + factors;
  }

  /**
   * @param vector at least as long as the factors, of the same model; null where a user has none
   * @return length {@link #dimension}, in single precision as they are logged
   */
  public DecisionFeatures features(Stage stage, float @Nullable [] vector) {
    List<Float> values = new ArrayList<>(dimension());
    values.add(1f);
    for (int each = 1; each < STAGES; each++) {
      values.add(stage.ordinal() == each ? 1f : 0f);
    }
    double length = vector == null ? 0 : length(vector);
    for (int j = 0; j < factors; j++) {
      values.add(vector == null || length == 0 ? 0f : (float) (vector[j] / length));
    }
    return new DecisionFeatures(name, values);
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += (double) each * each;
    }
    return Math.sqrt(squares);
  }
}
