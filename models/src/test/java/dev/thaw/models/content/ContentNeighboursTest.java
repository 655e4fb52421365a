package dev.thaw.models.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.history.History;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentNeighboursTest {
  private static final VectorSpace SPACE = new VectorSpace("content", "v1", 2, Metric.COSINE);
  private static final ItemId EAST = new ItemId("east");
  private static final ItemId NORTH = new ItemId("north");
  private static final ItemId NORTHEAST = new ItemId("northeast");

  private static Embedding vector(float x, float y) {
    return Embedding.copyOf(SPACE, new float[] {x, y});
  }

  private static ContentNeighbours neighbours(int k) {
    return ContentNeighbours.of(
        Map.of(EAST, vector(2, 0), NORTH, vector(0, 3), NORTHEAST, vector(1, 1)), k, 4);
  }

  private static History.Entry rated(ItemId item, double rating) {
    return new History.Entry(item, rating, 0);
  }

  @Test
  void ratingsAreWeightedBySimilarity() {
    History history = new History(2, List.of(rated(EAST, 5), rated(NORTHEAST, 2)));
    double cos = Math.sqrt(0.5);
    assertThat(neighbours(5).rating(history, EAST).getAsDouble())
        .isCloseTo((5 + cos * 2) / (1 + cos), within(1e-6));
  }

  @Test
  void onlyTheNearestCount() {
    History history = new History(2, List.of(rated(EAST, 5), rated(NORTHEAST, 2)));
    assertThat(neighbours(1).rating(history, EAST).getAsDouble()).isEqualTo(5);
  }

  @Test
  void withoutASimilarItemThereIsNoRating() {
    History history = new History(1, List.of(rated(EAST, 5)));
    assertThat(neighbours(5).rating(history, NORTH)).isEmpty();
    assertThat(neighbours(5).rating(history, new ItemId("unknown"))).isEmpty();
  }

  @Test
  void onlyLikedItemsRank() {
    ContentNeighbours content = neighbours(5);
    float[] scores = new float[3];
    content.score(new History(2, List.of(rated(EAST, 5), rated(NORTH, 1))), scores);
    assertThat(scores[content.items().indexOf(EAST)]).isCloseTo(1, within(1e-6f));
    assertThat(scores[content.items().indexOf(NORTH)]).isZero();
  }

  @Test
  void vectorsOfTwoSpacesAreRefused() {
    VectorSpace other = new VectorSpace("content", "v2", 2, Metric.COSINE);
    assertThatThrownBy(
            () ->
                ContentNeighbours.of(
                    Map.of(EAST, vector(1, 0), NORTH, Embedding.copyOf(other, new float[] {1, 0})),
                    5,
                    4))
        .hasMessageContaining("content");
  }
}
