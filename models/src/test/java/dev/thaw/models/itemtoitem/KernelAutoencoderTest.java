package dev.thaw.models.itemtoitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.kernel.TangentKernel;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KernelAutoencoderTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final KernelAutoencoderConfig CONFIG =
      new KernelAutoencoderConfig(0.5, 0.3, 16, 400);

  private static KernelAutoencoder fit(KernelAutoencoderConfig config, Interactions data) {
    return new KernelAutoencoderTrainer(config, STARS)
        .fit(data, UserAttributes.NONE, new SplittableRandom(3));
  }

  /** Users like ten of the twenty items of one of two tastes, in a random order. */
  private static Interactions tastes() {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < 100; u++) {
      for (int n = 0; n < 10; n++) {
        String item = (u % 2 == 0 ? "a" : "b") + random.nextInt(20);
        builder.add(new UserId("u" + u), new ItemId(item), 5, n * 1_000L);
      }
    }
    return builder.build();
  }

  private static History liked(double strength, String... items) {
    return new History(
        items.length,
        Arrays.stream(items)
            .map(item -> new History.Entry(new ItemId(item), strength, 0))
            .toList());
  }

  private static float[] scores(KernelAutoencoder model, History history) {
    float[] scores = new float[model.items().size()];
    model.score(history, scores);
    return scores;
  }

  @Test
  void aFewLikesTellTheTaste() {
    KernelAutoencoder model = fit(CONFIG, tastes());
    int[] top = TopItems.of(scores(model, liked(5, "a3", "a5", "a7")), 10, item -> true);
    assertThat(Arrays.stream(top).mapToObj(item -> model.items().get(item).value()))
        .allMatch(item -> item.startsWith("a"));
  }

  @Test
  void whatWasNotLikedHasNoPart() {
    KernelAutoencoder model = fit(CONFIG, tastes());
    History both =
        new History(
            2,
            List.of(
                new History.Entry(new ItemId("a3"), 5, 0),
                new History.Entry(new ItemId("b3"), 1, 0)));
    assertThat(scores(model, both)).isEqualTo(scores(model, liked(5, "a3")));
    assertThat(model.counted(both)).isOne();
  }

  /** Every user likes x, then y or z: rows can only be x -> y and x -> z. */
  @Test
  void scoresAreThoseOfTheRidge() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < 12; u++) {
      builder.add(new UserId("u" + u), new ItemId("x"), 5, 1);
      builder.add(new UserId("u" + u), new ItemId(u % 3 == 0 ? "z" : "y"), 5, 2);
    }
    KernelAutoencoder model = fit(new KernelAutoencoderConfig(2, 0.3, 3, 400), builder.build());
    // 12 alike rows: K is all ones, so that each weighs 1 / (12 + lambda)
    double share = TangentKernel.of(1) / (12 + 2);
    float[] scores = scores(model, liked(5, "x"));
    assertThat(scores[model.items().indexOf(new ItemId("y"))])
        .isCloseTo((float) (8 * share), within());
    assertThat(scores[model.items().indexOf(new ItemId("z"))])
        .isCloseTo((float) (4 * share), within());
    // nobody came to like x after another
    assertThat(model.knows(model.items().indexOf(new ItemId("x")))).isFalse();
    assertThat(scores[model.items().indexOf(new ItemId("x"))]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-5f);
  }

  /** All like x first; those of one age y after it, those of another z. */
  @Test
  void attributesTellWhatLikesDoNot() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    Map<UserId, Map<String, String>> ages = new HashMap<>();
    for (int u = 0; u < 40; u++) {
      UserId user = new UserId("u" + u);
      builder.add(user, new ItemId("x"), 5, 1);
      builder.add(user, new ItemId(u % 2 == 0 ? "y" : "z"), 5, 2);
      ages.put(user, Map.of("age", u % 2 == 0 ? "young" : "old"));
    }
    KernelAutoencoder model =
        new KernelAutoencoderTrainer(new KernelAutoencoderConfig(1, 2, 4, 400), STARS)
            .fit(
                builder.build(), new UserAttributes(List.of("age"), ages), new SplittableRandom(3));
    int y = model.items().indexOf(new ItemId("y"));
    int z = model.items().indexOf(new ItemId("z"));
    float[] young = new float[3];
    float[] old = new float[3];
    model.score(liked(5, "x"), Map.of("age", "young"), young);
    model.score(liked(5, "x"), Map.of("age", "old"), old);
    float[] unknown = scores(model, liked(5, "x"));
    assertThat(young[y]).isGreaterThan(2 * young[z]);
    assertThat(old[z]).isGreaterThan(2 * old[y]);
    assertThat(unknown[y]).isCloseTo(unknown[z], within());
  }

  @Test
  void moreUsersThanRowsLeaveAsManyRowsAsMayBe() {
    KernelAutoencoder model = fit(new KernelAutoencoderConfig(1, 0.3, 4, 31), tastes());
    assertThat(model.toString()).contains("31 histories");
  }

  @Test
  void bytesGiveTheSameModelAndDamagedOnesNameTheByte() {
    KernelAutoencoder model = fit(CONFIG, tastes());
    BinaryWriter written = new BinaryWriter();
    model.write(written);
    byte[] bytes = written.toByteArray();
    KernelAutoencoder read = KernelAutoencoder.read(new BinaryReader("model", bytes));
    assertThat(read.config()).isEqualTo(CONFIG);
    assertThat(scores(read, liked(5, "b1"))).isEqualTo(scores(model, liked(5, "b1")));
    for (int length : new int[] {0, 20, bytes.length / 2, bytes.length - 1}) {
      assertThatThrownBy(
              () -> KernelAutoencoder.read(new BinaryReader("model", Arrays.copyOf(bytes, length))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("byte");
    }
  }

  @Test
  void whereNobodyLikesTwoItemsThereIsAnError() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    IntStream.range(0, 5).forEach(u -> builder.add(new UserId("u" + u), new ItemId("m" + u), 5));
    assertThatThrownBy(() -> fit(CONFIG, builder.build()))
        .hasMessage("nobody likes two items of movies: nothing to learn from");
  }

  @Test
  void badParametersAreRefusedWithTheirBounds() {
    assertThatThrownBy(() -> new KernelAutoencoderConfig(0, 0, 1, 2))
        .hasMessage("lambda must be > 0, was 0.0");
    assertThatThrownBy(() -> new KernelAutoencoderConfig(1, 0, 0, 2))
        .hasMessage("needs rank >= 1 and rows >= 2, were 0 and 2");
  }
}
