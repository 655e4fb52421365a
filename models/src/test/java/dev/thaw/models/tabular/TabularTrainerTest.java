package dev.thaw.models.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A shop where half of the people like what is cheap, the others what is dear, in any condition.
 */
class TabularTrainerTest {
  private static final DomainId SHOP = DomainId.of("movies");
  private static final int ITEMS = 160;
  private static final TabularConfig CONFIG = new TabularConfig(16, 256, 120, 30, 1e-2, 0.01, 0);

  private static TabularData data;
  private static TabularTrainer.Run run;

  private static CatalogueItem item(int number, String price, String condition) {
    return new CatalogueItem(
        ItemId.of("i%03d".formatted(number)),
        SHOP,
        "",
        "",
        List.of(),
        Map.of("price", price, "condition", condition),
        true,
        Instant.EPOCH);
  }

  private static CatalogueItem item(int number) {
    SplittableRandom random = new SplittableRandom(number);
    int price = (number % 2 == 0 ? 10 : 90) + random.nextInt(10);
    return item(number, "" + price, number / 2 % 2 == 0 ? "new" : "old");
  }

  @BeforeAll
  static void train() {
    SplittableRandom random = new SplittableRandom(5);
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    InteractionsBuilder builder = Interactions.builder(SHOP);
    for (int i = 0; i < ITEMS; i++) {
      catalogue.put(item(i).itemId(), item(i));
    }
    for (int u = 0; u < 300; u++) {
      for (int n = 0; n < 15; n++) {
        int liked = random.nextInt(ITEMS);
        if (liked % 2 == u % 2) {
          builder.add(new UserId("u" + u), item(liked).itemId(), 5);
        }
      }
    }
    Interactions likes = builder.build();
    FactorModel factors =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(2, 1, 1, 12, 0),
                new RatingScale(1, 5, 4),
                1,
                TrainingProgress.SILENT)
            .fit(likes, new SplittableRandom(1));
    data = new TabularData(likes, factors, catalogue, 1);
    run = new TabularTrainer(CONFIG, 1).run(data, new SplittableRandom(3));
  }

  private static double cosine(CatalogueItem a, CatalogueItem b) {
    float[] first = run.model().place(a);
    float[] second = run.model().place(b);
    double dot = 0;
    double firstSquare = 0;
    double secondSquare = 0;
    for (int i = 0; i < 2; i++) {
      dot += first[i] * second[i];
      firstSquare += first[i] * first[i];
      secondSquare += second[i] * second[i];
    }
    return dot / Math.sqrt(firstSquare * secondSquare);
  }

  @Test
  void whatAnAttributeTellsOfTasteIsLearned() {
    CatalogueItem cheapAndNew = item(900, "12", "new");
    assertThat(cosine(cheapAndNew, item(901, "15", "old"))).isGreaterThan(0.9);
    assertThat(cosine(cheapAndNew, item(902, "95", "new"))).isLessThan(0.3);
    assertThat(cosine(cheapAndNew, item(903, "95", "old"))).isLessThan(0.3);
    assertThat(run.metrics().get("loss")).isLessThan(0.4 * run.metrics().get("constant_loss"));
    assertThat(run.metrics().get("items")).isEqualTo(ITEMS);
  }

  @Test
  void theSameSeedGivesTheSameModelAndItSurvivesItsBytes() {
    TabularModel again = new TabularTrainer(CONFIG, 2).fit(data, new SplittableRandom(3));
    BinaryWriter out = new BinaryWriter();
    run.model().write(out);
    TabularModel read = TabularModel.read(new BinaryReader("model", out.toByteArray()));
    for (int i = 0; i < 8; i++) {
      float[] place = run.model().place(item(i));
      assertThat(again.place(item(i))).isEqualTo(place);
      assertThat(read.place(item(i))).containsExactly(place, offset(1e-5f));
    }
    assertThat(read.domain()).isEqualTo(SHOP);
    assertThat(read.rank()).isEqualTo(2);
  }

  @Test
  void aMissingOrStrangeNumberIsNoMean() {
    CatalogueItem missing =
        new CatalogueItem(
            ItemId.of("x"),
            SHOP,
            "",
            "",
            List.of(),
            Map.of("condition", "new"),
            true,
            Instant.EPOCH);
    float[] place = run.model().place(missing);
    assertThat(place).isNotNull().doesNotContain(Float.NaN);
    assertThat(run.model().place(item(1, "NaN", "new"))).isEqualTo(place);
    assertThat(run.model().place(item(1, "dear", "new"))).isEqualTo(place);
    assertThat(run.model().place(item(1, "54.5", "new"))).isNotEqualTo(place);
    assertThat(run.model().place(item(1, "1e9", "new")))
        .isEqualTo(run.model().place(item(1, "1e12", "new")));
  }

  @Test
  void numbersThatHardlyDifferAreWords() {
    List<CatalogueItem> tiny =
        IntStream.range(0, 20).mapToObj(n -> item(n, n + "e-200", "new")).toList();
    List<CatalogueItem> small =
        IntStream.range(0, 20).mapToObj(n -> item(n, n + "e-20", "new")).toList();
    assertThat(NumericColumn.learn(tiny)).isEmpty();
    assertThat(NumericColumn.learn(small)).extracting(NumericColumn::attribute).contains("price");
  }

  @Test
  void anItemThatSaysNothingHasNoPlace() {
    assertThat(
            run.model()
                .place(
                    new CatalogueItem(
                        ItemId.of("x"), SHOP, "t", "d", List.of(), Map.of(), true, Instant.EPOCH)))
        .isNull();
  }

  @Test
  void theGradientIsThatOfTheLoss() {
    SplittableRandom random = new SplittableRandom(8);
    TabularFeatures.Row row =
        new TabularFeatures.Row(new int[] {1, 4, 4}, new float[] {0.5f, 1, -2}, 2, false);
    double[] kept = {2, 0, 1};
    ScoreLoss loss = ScoreLoss.of(data.factors(), data.interactions());
    float[] target = {0.3f, -0.2f, 0.1f};
    SparseNetwork network = new SparseNetwork(6, 3, 3);
    double[] all = new double[network.parameters()];
    Arrays.setAll(all, i -> random.nextGaussian() / 2);
    double[] activation = new double[3];
    double[] y = new double[3];
    double[] ofOutput = new double[3];
    double[] gradient = new double[all.length];
    network.forward(all, row, kept, activation, y);
    loss.of(y, target, 0.7, ofOutput);
    network.backward(all, row, kept, activation, ofOutput, gradient);
    for (int i = 0; i < all.length; i++) {
      double before = all[i];
      all[i] = before + 1e-6;
      network.forward(all, row, kept, activation, y);
      double up = loss.of(y, target, 0.7, ofOutput);
      all[i] = before - 1e-6;
      network.forward(all, row, kept, activation, y);
      double down = loss.of(y, target, 0.7, ofOutput);
      all[i] = before;
      assertThat(gradient[i]).isCloseTo((up - down) / 2e-6, offset(1e-6));
    }
  }

  @Test
  void wordsThatAreKeptCountForThoseThatAreLeftOut() {
    TabularFeatures.Row row =
        new TabularFeatures.Row(new int[] {1, 4, 5}, new float[] {0.5f, 1, -2}, 2, false);
    SplittableRandom random = new SplittableRandom(8);
    double[] mean = new double[3];
    for (int n = 0; n < 10_000; n++) {
      double[] kept = SparseNetwork.some(row, 0.75, random);
      assertThat(kept[0]).isIn(0.0, 4.0);
      for (int i = 0; i < 3; i++) {
        mean[i] += kept[i] / 10_000;
      }
    }
    assertThat(mean[0]).isCloseTo(1, offset(0.1));
    assertThat(mean[1]).isCloseTo(1, offset(0.1));
    assertThat(mean[2]).as("a number is never left out").isCloseTo(1, offset(1e-9));
  }

  @Test
  void aTrainingThatDivergesSaysStepAndRate() {
    TabularConfig wild = new TabularConfig(16, 256, 60, 10, 1e200, 0, 0);
    assertThatThrownBy(() -> new TabularTrainer(wild, 1).fit(data, new SplittableRandom(3)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("tabular encoder diverged at step")
        .hasMessageContaining("learning rate 1.0E200");
  }

  @Test
  void withoutItemsToLearnFromItSaysSo() {
    Map<ItemId, CatalogueItem> nine = new HashMap<>();
    data.catalogue()
        .forEach(
            (id, item) ->
                nine.put(
                    id,
                    nine.size() < 9
                        ? item
                        : new CatalogueItem(
                            id, SHOP, "title", "", List.of(), Map.of(), true, Instant.EPOCH)));
    TabularData few = new TabularData(data.interactions(), data.factors(), nine, 1);
    TabularTrainer trainer = new TabularTrainer(CONFIG, 1);
    String reason = "needs 10 items with factors and attributes or categories, there are 9";
    assertThat(trainer.obstacle(few)).contains(reason);
    assertThat(trainer.obstacle(data)).isEmpty();
    assertThatThrownBy(() -> trainer.fit(few, new SplittableRandom(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tabular encoder of movies " + reason);
  }
}
