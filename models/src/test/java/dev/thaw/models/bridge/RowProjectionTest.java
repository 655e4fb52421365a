package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowProjectionTest {
  private static final BridgeData DATA = PlantedDomains.exclusiveOr(200, 7);

  /** Squared distance of the scores from a row of ones and zeros. */
  private static double distance(UserVector vector, History liked) {
    FactorModel model = DATA.targetModel();
    Set<Object> items = new HashSet<>();
    liked.entries().forEach(entry -> items.add(entry.item()));
    double sum = 0;
    for (int i = 0; i < model.items().size(); i++) {
      double score = 0;
      for (int d = 0; d < model.rank(); d++) {
        score += vector.get(d) * model.indexVector(i)[d];
      }
      sum += Math.pow(score - (items.contains(model.items().get(i)) ? 1 : 0), 2);
    }
    return sum;
  }

  @Test
  void noVectorNearbyComesNearerToTheRowAndAFoldInIsFarther() {
    RowProjection projection = new RowProjection(DATA.targetModel());
    for (int user = 0; user < 20; user++) {
      History liked = DATA.target().history(user);
      UserVector nearest = projection.of(liked);
      double least = distance(nearest, liked);
      assertThat(distance(DATA.targetModel().foldIn(liked), liked)).isGreaterThan(least);
      for (double factor : new double[] {0.8, 1.2}) {
        float[] scaled = nearest.vector();
        for (int d = 0; d < scaled.length; d++) {
          scaled[d] *= (float) factor;
        }
        assertThat(distance(UserVector.copyOf(scaled, 0), liked)).isGreaterThan(least);
      }
    }
  }

  @Test
  void whoLikedNothingIsNowhere() {
    assertThat(new RowProjection(DATA.targetModel()).of(History.EMPTY).vector()).containsOnly(0);
  }
}
