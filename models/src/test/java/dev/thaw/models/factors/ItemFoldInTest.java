package dev.thaw.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemFoldInTest {
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final ImplicitAlsConfig CONFIG = new ImplicitAlsConfig(6, 2, 4, 40, 0.5);

  /** Two tastes: users like most items of their own; item i is of taste i % 2. */
  private static Interactions likes() {
    SplittableRandom random = new SplittableRandom(2);
    InteractionsBuilder likes = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < 80; u++) {
      for (int i = 0; i < 30; i++) {
        if (u % 2 == i % 2 && random.nextDouble() < 0.6) {
          likes.add(new UserId("u%02d".formatted(u)), new ItemId("i%02d".formatted(i)), 5);
        }
      }
    }
    return likes.build();
  }

  private static FactorModel train(Interactions data) {
    return FactorTrainers.implicitAls(CONFIG, SCALE, 1, TrainingProgress.SILENT)
        .fit(data, new SplittableRandom(3));
  }

  private static int[] likedBy(Interactions data, int item) {
    return IntStream.range(data.columnStart(item), data.columnStart(item + 1))
        .map(data::columnUser)
        .toArray();
  }

  /** Of the items of a taste but 7, which nobody has met in training. */
  private static float[] mean(FactorModel model, int taste) {
    float[] sum = new float[model.rank() + 1];
    for (int item = taste; item < 30; item += 2) {
      if (item != 7) {
        float[] vector = model.indexVector(item);
        for (int f = 0; f < sum.length; f++) {
          sum[f] += vector[f];
        }
      }
    }
    return sum;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  @Test
  void aTrainedItemFoldsInToWhereTrainingPutIt() {
    Interactions data = likes();
    FactorModel model = train(data);
    ItemFoldIn foldIn = ItemFoldIn.of(model, data, 1);
    for (int item = 0; item < 30; item++) {
      assertThat(cosine(foldIn.indexVector(likedBy(data, item)), model.indexVector(item)))
          .isGreaterThan(0.999);
    }
  }

  @Test
  void anItemThatWasNotThereComesNearThoseOfItsTasteAfterAFewLikes() {
    Interactions all = likes();
    FactorModel model = train(all.ofItems(item -> item != 7));
    ItemFoldIn foldIn = ItemFoldIn.of(model, all.ofItems(item -> item != 7), 1);
    int[] first = java.util.Arrays.copyOf(likedBy(all, 7), 3);
    float[] vector = foldIn.indexVector(first);
    assertThat(cosine(vector, mean(model, 1))).isGreaterThan(cosine(vector, mean(model, 0)) + 0.2);
  }

  @Test
  void aroundNothingItIsTheFoldInAndWithoutLikesWhatWasProjected() {
    Interactions data = likes();
    FactorModel model = train(data);
    ItemFoldIn foldIn = ItemFoldIn.of(model, data, 1);
    int[] likedBy = likedBy(data, 7);
    assertThat(foldIn.around(new float[7], 1, 1, likedBy).vector())
        .isEqualTo(foldIn.indexVector(likedBy));
    assertThat(foldIn.around(model.indexVector(8), 1, 1).vector()).isEqualTo(model.indexVector(8));
  }

  @Test
  void likesMoveAnItemFromAWrongProjectionAndFewOnesDoNotShortenIt() {
    Interactions all = likes();
    FactorModel model = train(all.ofItems(item -> item != 7));
    ItemFoldIn foldIn = ItemFoldIn.of(model, all.ofItems(item -> item != 7), 1);
    int[] likedBy = likedBy(all, 7);
    float[] wrong = model.indexVector(8);
    float[] own = mean(model, 1);
    double before = cosine(wrong, own);
    double few = cosine(around(foldIn, wrong, java.util.Arrays.copyOf(likedBy, 3)), own);
    double many = cosine(around(foldIn, wrong, likedBy), own);
    assertThat(before).as("of the other taste").isLessThan(0.7);
    assertThat(few).isGreaterThan(0.85);
    assertThat(many).isGreaterThan(0.85);

    float[] right = model.indexVector(9);
    float[] placed = around(foldIn, right, java.util.Arrays.copyOf(likedBy, 3));
    assertThat(length(placed)).isBetween(0.6 * length(right), 1.4 * length(right));
    assertThat(length(foldIn.indexVector(java.util.Arrays.copyOf(likedBy, 3))))
        .as("the likes alone")
        .isLessThan(0.5 * length(right));
  }

  /** The normal equations of least squares: no small move of the vector comes nearer. */
  @Test
  void leastSquaresComesNearestToLikesOfOne() {
    Interactions data = likes();
    FactorModel model = train(data);
    ItemFoldIn foldIn = ItemFoldIn.of(model, data, 1);
    int[] likedBy = likedBy(data, 7);
    float[] vector = foldIn.leastSquares(1e-6, likedBy);
    double least = squares(model, data, likedBy, vector);
    for (int i = 0; i < 6; i++) {
      for (float move : new float[] {-0.05f, 0.05f}) {
        float[] moved = vector.clone();
        moved[i] += move;
        assertThat(squares(model, data, likedBy, moved)).isGreaterThan(least);
      }
    }
    assertThat(least).isLessThan(squares(model, data, likedBy, foldIn.indexVector(likedBy)));
    assertThat(vector[6]).as("log popularity").isEqualTo(foldIn.indexVector(likedBy)[6]);
  }

  private static double squares(FactorModel model, Interactions data, int[] likedBy, float[] q) {
    double sum = 0;
    for (int u = 0; u < data.users().size(); u++) {
      int user = u;
      float[] p = model.foldIn(data.history(u)).vector();
      double error = IntStream.of(likedBy).anyMatch(fan -> fan == user) ? -1 : 0;
      for (int i = 0; i < p.length; i++) {
        error += p[i] * q[i];
      }
      sum += error * error;
    }
    return sum;
  }

  private static float[] around(ItemFoldIn foldIn, float[] projected, int... likedBy) {
    double expected = Math.max(likedBy.length, foldIn.expectedLikes(projected));
    return foldIn.around(projected, 1, likedBy.length / expected, likedBy).vector();
  }

  @Test
  void itFollowsItsProjectionTheLessTheMoreLikesItHas() {
    Interactions data = likes();
    FactorModel model = train(data);
    ItemFoldIn foldIn = ItemFoldIn.of(model, data, 1);
    int[] likedBy = likedBy(data, 7);
    float[] projected = model.indexVector(9);
    double before = 1;
    for (int n : new int[] {0, 3, likedBy.length}) {
      int[] known = java.util.Arrays.copyOf(likedBy, n);
      double followed = foldIn.around(projected, 1, 1, known).followed();
      assertThat(followed).isLessThanOrEqualTo(before).isPositive();
      before = followed;
    }
    assertThat(before).isLessThan(0.5);
    assertThat(foldIn.around(projected, 10, 1, likedBy).followed()).isGreaterThan(before);
  }

  @Test
  void howFarItFollowsIsTheMeanShareOfAMoveOfTheProjection() {
    Interactions data = likes();
    FactorModel model = train(data);
    ItemFoldIn foldIn = ItemFoldIn.of(model, data, 1);
    int[] likedBy = likedBy(data, 7);
    // so many likes are more than any of these projections expects: all of them have been met
    double trace = 0;
    float[] none = around(foldIn, new float[7], likedBy);
    for (int i = 0; i < 6; i++) {
      float[] moved = new float[7];
      moved[i] = 1e-3f;
      trace += (around(foldIn, moved, likedBy)[i] - none[i]) / 1e-3;
    }
    assertThat(foldIn.around(new float[7], 1, 1, likedBy).followed())
        .isCloseTo(trace / 6, offset(1e-3));
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += each * each;
    }
    return Math.sqrt(squares);
  }

  @Test
  void aLongerVectorKeepsItsDirectionAndItsPopularityPrior() {
    FoldedItem item = new FoldedItem(new float[] {1, -2, 5}, 0.7);
    assertThat(item.scaled(2).vector()).containsExactly(2, -4, 5);
    assertThat(item.scaled(2).followed()).isEqualTo(0.7);
    assertThatThrownBy(() -> item.scaled(0)).hasMessageContaining("by 0.0");
  }

  @Test
  void aPriorThatFitsNoVectorIsRefused() {
    Interactions data = likes();
    ItemFoldIn foldIn = ItemFoldIn.of(train(data), data, 1);
    assertThatThrownBy(() -> foldIn.around(new float[4], 1, 1, 0))
        .hasMessage("projected vector must have length 7, had 4");
    assertThatThrownBy(() -> foldIn.around(new float[7], 0, 1, 0))
        .hasMessageEndingWith("were 0.0, 1.0");
    assertThatThrownBy(() -> foldIn.around(new float[7], 1, 1.5, 0))
        .hasMessageEndingWith("were 1.0, 1.5");
  }

  @Test
  void withoutLikesThereIsNothingToSay() {
    Interactions data = likes();
    assertThat(ItemFoldIn.of(train(data), data, 1).indexVector()).containsOnly(0);
  }

  @Test
  void anExplicitModelIsRefused() {
    Interactions data = likes();
    FactorModel ratings =
        FactorTrainers.explicitAls(
                ExplicitAlsConfig.DEFAULT.withSize(4, 2), SCALE, 1, TrainingProgress.SILENT)
            .fit(data, new SplittableRandom(1));
    assertThatThrownBy(() -> ItemFoldIn.of(ratings, data, 1)).hasMessageContaining("EXPLICIT");
  }
}
