package dev.thaw.models.itemtoitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ItemToItemModelTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final ItemId A = new ItemId("a");
  private static final ItemId B = new ItemId("b");

  /** a and b are liked together, c by others and by more. */
  private static Interactions pairs() {
    InteractionsBuilder data = Interactions.builder(new DomainId("d"));
    for (int u = 0; u < 4; u++) {
      data.add(new UserId("ab" + u), A, 5).add(new UserId("ab" + u), B, 5);
    }
    for (int u = 0; u < 6; u++) {
      data.add(new UserId("c" + u), new ItemId("c"), 5);
    }
    return data.build();
  }

  private static Interactions random(int users, int items) {
    SplittableRandom random = new SplittableRandom(3);
    InteractionsBuilder data = Interactions.builder(new DomainId("d"));
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (random.nextInt(4) == 0) {
          data.add(new UserId("u" + u), new ItemId("i" + i), 5);
        }
      }
    }
    return data.build();
  }

  private static ItemToItemModel fit(ItemToItemConfig config, Interactions data) {
    return new ItemToItemTrainer(config, STARS, 1).fit(data);
  }

  private static History likes(ItemId... items) {
    return new History(
        items.length, Arrays.stream(items).map(i -> new History.Entry(i, 5, 0)).toList());
  }

  private static float[] scores(ItemToItemModel model, History history) {
    float[] out = new float[model.items().size()];
    model.score(history, out);
    return out;
  }

  @Test
  void withoutHistoryLogPopularityIsLeft() {
    float[] scores = scores(fit(ItemToItemConfig.naiveBayes(1), pairs()), likes());
    assertThat(scores).containsExactly((float) Math.log(5), (float) Math.log(5), log(7));
  }

  private static float log(double value) {
    return (float) Math.log(value);
  }

  @Test
  void naiveBayesAddsTheShrunkenLogLift() {
    float[] scores = scores(fit(ItemToItemConfig.naiveBayes(2), pairs()), likes(A));
    // 4 users have a and b, 4 * 4 / 10 expected; none has a and c, 4 * 6 / 10 expected
    assertThat(scores[1]).isCloseTo(log(5) + log(6 / 3.6), within(1e-5f));
    assertThat(scores[2]).isCloseTo(log(7) + log(2 / 4.4), within(1e-5f));
  }

  @Test
  void muchShrinkageLeavesPopularityAlone() {
    float[] scores = scores(fit(ItemToItemConfig.naiveBayes(1e9), pairs()), likes(A));
    assertThat(scores[2]).isCloseTo(log(7), within(1e-4f));
  }

  @Test
  void cosineCountsCommonUsers() {
    assertThat(scores(fit(ItemToItemConfig.cosine(10), pairs()), likes(A)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void asymmetricCosineLeavesPopularItemsMoreOfTheirWeight() {
    InteractionsBuilder data = Interactions.builder(new DomainId("d"));
    for (int u = 0; u < 16; u++) {
      data.add(new UserId("u" + u), B, 5);
    }
    for (int u = 0; u < 4; u++) {
      data.add(new UserId("u" + u), A, 5);
    }
    Interactions built = data.build();
    ItemToItemConfig asymmetric = ItemToItemConfig.asymmetricCosine(10, 0);
    float[] fromRare = scores(fit(asymmetric, built), likes(A));
    float[] fromPopular = scores(fit(asymmetric, built), likes(B));
    // 4 users like both, 4 a and 16 b
    assertThat((double) fromRare[1])
        .isCloseTo(4 / (Math.pow(4, 0.8) * Math.pow(16, 0.2)), within(1e-6));
    assertThat((double) fromPopular[0])
        .isCloseTo(4 / (Math.pow(16, 0.8) * Math.pow(4, 0.2)), within(1e-6));
    assertThat(scores(fit(ItemToItemConfig.cosine(10), built), likes(A))[1])
        .isEqualTo(0.5f)
        .isLessThan(fromRare[1]);
  }

  @Test
  void dampedCosineLetsUsersOfFewLikesSayMore() {
    InteractionsBuilder data = Interactions.builder(new DomainId("d"));
    data.add(new UserId("one"), A, 5).add(new UserId("one"), B, 5);
    for (String each : new String[] {"a", "c", "e", "f", "g"}) {
      data.add(new UserId("many"), new ItemId(each), 5);
    }
    Interactions built = data.build();
    float[] plain = scores(fit(ItemToItemConfig.cosine(10), built), likes(A));
    float[] damped =
        scores(fit(new ItemToItemConfig(Similarity.COSINE, 10, 1, 0, 0), built), likes(A));
    // items in the order a b c e f g
    assertThat(plain[1]).isEqualTo(plain[2]);
    assertThat(damped[1]).isGreaterThan(1.5f * damped[2]);
  }

  @Test
  void easeHasTheWeightsOfTheInverseOverItemsAndOverUsersAlike() {
    for (Interactions data : new Interactions[] {random(40, 12), random(9, 30)}) {
      DMatrixRMaj p = new DMatrixRMaj(data.items().size(), data.items().size());
      DMatrixRMaj x = matrix(data);
      CommonOps_DDRM.multTransA(x, x, p);
      for (int i = 0; i < p.numRows; i++) {
        p.add(i, i, 2.5);
      }
      CommonOps_DDRM.invert(p);
      ItemToItemModel model = fit(ItemToItemConfig.ease(2.5), data);
      float[] scores = scores(model, likes(data.items().get(3)));
      for (int i = 0; i < scores.length; i++) {
        float expected = i == 3 ? 0 : (float) (-p.get(3, i) / p.get(i, i));
        assertThat(scores[i]).isCloseTo(expected, within(1e-6f));
      }
    }
  }

  private static DMatrixRMaj matrix(Interactions data) {
    DMatrixRMaj x = new DMatrixRMaj(data.users().size(), data.items().size());
    for (int u = 0; u < data.users().size(); u++) {
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        x.set(u, data.rowItem(at), 1);
      }
    }
    return x;
  }

  @Test
  void theSumIsDividedByAPowerOfTheLikesThatCount() {
    Interactions data = random(40, 12);
    ItemToItemModel model = fit(ItemToItemConfig.cosine(12), data);
    History two = likes(data.items().get(0), data.items().get(1), new ItemId("unknown"));
    float[] sum = scores(model, two);
    float[] shared = scores(model.with(0, 0.5), two);
    for (int i = 0; i < sum.length; i++) {
      assertThat(shared[i]).isCloseTo(sum[i] / (float) Math.sqrt(2), within(1e-6f));
    }
  }

  @Test
  void onlyTheLargestWeightsAreKept() {
    Interactions data = random(40, 12);
    float[] all = scores(fit(ItemToItemConfig.cosine(12), data), likes(data.items().get(0)));
    float[] kept = scores(fit(ItemToItemConfig.cosine(3), data), likes(data.items().get(0)));
    float[] sorted = all.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < all.length; i++) {
      assertThat(kept[i]).isEqualTo(all[i] >= sorted[sorted.length - 3] ? all[i] : 0);
    }
  }

  @Test
  void whatWasNotLikedOrNotTrainedOnSaysNothing() {
    ItemToItemModel model = fit(ItemToItemConfig.cosine(10), pairs());
    History disliked = new History(1, java.util.List.of(new History.Entry(A, 2, 0)));
    assertThat(scores(model, disliked)).containsOnly(0);
    assertThat(scores(model, likes(new ItemId("new")))).containsOnly(0);
    assertThat(model.counted(disliked)).isZero();
  }

  @Test
  void anyNumberOfThreadsGivesTheSameModel() {
    Interactions data = random(60, 80);
    for (ItemToItemConfig config :
        new ItemToItemConfig[] {ItemToItemConfig.DEFAULT, ItemToItemConfig.ease(10)}) {
      assertThat(bytes(new ItemToItemTrainer(config, STARS, 4).fit(data)))
          .isEqualTo(bytes(fit(config, data)));
    }
  }

  private static byte[] bytes(ItemToItemModel model) {
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    return out.toByteArray();
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    ItemToItemModel model = fit(ItemToItemConfig.DEFAULT, random(40, 12));
    byte[] bytes = bytes(model);
    ItemToItemModel read = ItemToItemModel.read(new BinaryReader("model", bytes));
    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(scores(read, likes(new ItemId("i4"))))
        .isEqualTo(scores(model, likes(new ItemId("i4"))));
  }

  @Test
  void damagedBytesEndInAnErrorThatNamesTheByte() {
    byte[] bytes = bytes(fit(ItemToItemConfig.DEFAULT, random(40, 12)));
    for (int length : new int[] {0, 1, 20, 60, bytes.length - 1}) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ItemToItemModel.read(new BinaryReader("model", cut)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("byte");
    }
  }

  @Test
  void badParametersAreRefusedWithTheirBounds() {
    assertThatThrownBy(() -> new ItemToItemConfig(Similarity.COSINE, 10, 1.5, 0, 0))
        .hasMessage("strength of item-cosine must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> new ItemToItemConfig(Similarity.EASE, 10, 0, 0, 0))
        .hasMessage("strength of ease must be > 0, was 0.0");
    assertThatThrownBy(() -> new ItemToItemConfig(Similarity.LIFT, 0, 1, 0, 0))
        .hasMessage("neighbours must be >= 1, was 0");
    assertThatThrownBy(() -> new ItemToItemConfig(Similarity.LIFT, 1, 1, 0, 2))
        .hasMessage("historyPower must be in [-1, 1], was 2.0");
  }
}
