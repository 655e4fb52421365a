package dev.thaw.models.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.OutdatedFormatException;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProjectionTrainerTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final List<String> GENRES = List.of("war", "love", "sport", "space");

  private static ProjectionData data() {
    SplittableRandom random = new SplittableRandom(6);
    InteractionsBuilder interactions = Interactions.builder(MOVIES);
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    for (int n = 0; n < 200; n++) {
      CatalogueItem item = item("i" + n, GENRES.get(n % 4));
      catalogue.put(item.itemId(), item);
    }
    for (int u = 0; u < 300; u++) {
      int genre = random.nextInt(4);
      for (int n = 0; n < 12; n++) {
        interactions.add(
            new UserId("u" + u), new ItemId("i" + (4 * random.nextInt(50) + genre)), 5);
      }
    }
    Interactions built = interactions.build();
    FactorModel factors =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(8, 10, 4, 8, 0),
                new RatingScale(1, 5, 4),
                1,
                TrainingProgress.SILENT)
            .fit(built, new SplittableRandom(2));
    return new ProjectionData(built, factors, catalogue, Map.of());
  }

  private static CatalogueItem item(String id, String genre) {
    return new CatalogueItem(
        new ItemId(id), MOVIES, "", "", List.of(genre), Map.of(), true, Instant.EPOCH);
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void onItemsHeldOutOfTheFactorsTooItBeatsChance() {
    ProjectionQuality quality =
        new ProjectionTrainer().fit(data(), new SplittableRandom(4)).quality();
    assertThat(quality.items()).as("half of the held-out ones").isBetween(8, 32);
    assertThat(quality.ndcg()).isGreaterThan(2 * quality.ndcgOfChance());
    assertThat(quality.ndcgOfContent()).as("there are no content vectors").isZero();
  }

  @Test
  void theItemsThatChooseLambdaAreNotThoseItIsMeasuredOn() {
    int[] items = IntStream.range(0, 500).toArray();
    ProjectionTrainer.Parts parts = ProjectionTrainer.Parts.draw(items, new SplittableRandom(2));
    assertThat(parts.choosing().intersects(parts.measuring())).isFalse();
    assertThat(parts.measuring().cardinality())
        .isBetween(parts.choosing().cardinality() - 1, parts.choosing().cardinality() + 1)
        .isGreaterThan(30);
    assertThat(parts.heldOut().cardinality())
        .isEqualTo(parts.choosing().cardinality() + parts.measuring().cardinality());
  }

  @Test
  void aNewItemLandsWhereItsGenreIsLiked() {
    ProjectionData data = data();
    Projection projection = new ProjectionTrainer().fit(data, new SplittableRandom(1));
    float[] war = projection.project(item("new-war", "war"), null);
    float[] love = projection.project(item("new-love", "love"), null);
    assertThat(war).hasSize(data.factors().rank() + 1);
    int better = 0;
    int fans = 0;
    for (int u = 0; u < data.interactions().users().size(); u++) {
      var history = data.interactions().history(u);
      int number = Integer.parseInt(history.entries().get(0).item().value().substring(1));
      if (number % 4 == 0) {
        float[] query = data.factors().foldIn(history).query();
        fans++;
        better += product(query, war) > product(query, love) ? 1 : 0;
      }
    }
    assertThat(better).isEqualTo(fans).isGreaterThan(50);
  }

  @Test
  void theBinaryFormProjectsAlike() {
    Projection projection = new ProjectionTrainer().fit(data(), new SplittableRandom(1));
    BinaryWriter out = new BinaryWriter();
    projection.write(out);
    Projection read = Projection.read(new BinaryReader("projection", out.toByteArray()));
    CatalogueItem item = item("new", "sport");
    assertThat(read.project(item, null)).isEqualTo(projection.project(item, null));
    assertThat(read.quality()).isEqualTo(projection.quality());
    assertThat(read.placed().strength()).isEqualTo(projection.placed().strength());
    ItemId placed = new ItemId("i7");
    float[] sport = read.project(item("new", "sport"), null);
    assertThat(read.placed().place(placed, null, sport))
        .isEqualTo(projection.placed().place(placed, null, sport))
        .isNotEqualTo(sport);
  }

  @Test
  void oneOfAnEarlierVersionIsNamedAsSuch() {
    BinaryWriter old = new BinaryWriter();
    old.writeText("movies").writeCount(8);
    assertThatThrownBy(() -> Projection.read(new BinaryReader("projection", old.toByteArray())))
        .isInstanceOf(OutdatedFormatException.class)
        .hasMessageContaining("must be trained anew");
  }

  @Test
  void ofAnItemWithoutAnyKnownWordTheMeanIsSaid() {
    ProjectionData data = data();
    Projection projection = new ProjectionTrainer().fit(data, new SplittableRandom(1));
    float[] unknown = projection.project(item("new", "opera"), null);
    double mean = 0;
    for (String genre : GENRES) {
      mean += projection.project(item("new", genre), null)[0] / GENRES.size();
    }
    assertThat((double) unknown[0]).isCloseTo(mean, offset(0.2 * Math.abs(mean) + 0.02));
  }

  @Test
  void anItemStandsWhereItsContentAndItsLikesPutIt() {
    ProjectionData data = data();
    Projection projection = new ProjectionTrainer().fit(data, new SplittableRandom(1));
    ItemPlacer placer =
        ItemPlacer.of(data.factors(), data.interactions(), projection.placed().strength(), 1);
    assertThat(projection.placed().size()).isEqualTo(data.interactions().items().size());
    CatalogueItem known = item("i7", "space");
    float[] projected = projection.project(known, null);
    float[] learned = Objects.requireNonNull(data.factors().indexVector(known.itemId()));
    float[] place =
        Objects.requireNonNull(projection.placed().place(known.itemId(), learned, projected));
    assertThat(place).as("untimed likes are of an item that was always there").hasSize(9);
    for (int i = 0; i < place.length; i++) {
      assertThat(place[i]).isCloseTo(learned[i], offset(1e-5f));
    }
    assertThat(placer.place(new Projected(projected, 5), Seen.UNTIMED).vector())
        .isEqualTo(projected);
  }

  @Test
  void theFirmnessIsMeasuredOnItemsThatDidNotChooseIt() {
    PriorStrength strength =
        new ProjectionTrainer().fit(data(), new SplittableRandom(4)).placed().strength();
    assertThat(strength.value()).isBetween(0.1, 30.0);
    assertThat(strength.ndcg()).isPositive();
  }
}
