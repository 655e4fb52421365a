package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.models.projection.ItemPlacer;
import dev.thaw.models.projection.Projected;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.projection.ProjectionData;
import dev.thaw.models.projection.ProjectionTrainer;
import dev.thaw.models.projection.Seen;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server scores items where the index has them, and where the evaluation puts them. */
class ServedPlacesTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final int ITEMS = 80;

  /** Liked by a few at the very end. */
  private static final int LATE = 3;

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private final DomainCatalogue movies = catalogue.domains().iterator().next();
  private final Map<ItemId, CatalogueItem> records = new HashMap<>();
  private Interactions likes;
  private FactorModel factors;
  private Projection projection;
  private ItemVectors served;

  /** Users like items of one of four genres; nobody has met the last four items. */
  @BeforeEach
  void train() {
    SplittableRandom random = new SplittableRandom(4);
    InteractionsBuilder builder = Interactions.builder(MOVIES);
    for (int u = 0; u < 160; u++) {
      for (int n = 0; n < 10; n++) {
        int item = 4 * random.nextInt((ITEMS - 4) / 4) + u % 4;
        if (item != LATE) {
          builder.add(user(u), item(item), 5, random.nextInt(1_000));
        }
      }
    }
    for (int fan = 0; fan < 4; fan++) {
      builder.add(user(4 * fan + 3), item(LATE), 5, 2_000 + fan);
    }
    likes = builder.build();
    for (int n = 0; n < ITEMS; n++) {
      CatalogueItem record =
          new CatalogueItem(
              item(n), MOVIES, "", "", List.of("genre" + n % 4), Map.of(), true, Instant.EPOCH);
      records.put(record.itemId(), record);
      catalogue.put(record);
    }
    factors =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(6, 4, 1, 8, 0.05, 2), SCALE, 1, (what, done, of) -> {})
            .fit(likes, new SplittableRandom(1));
    projection =
        new ProjectionTrainer()
            .fit(new ProjectionData(likes, factors, records, Map.of()), new SplittableRandom(2));
    served =
        new ItemVectors(
            factors.rank(),
            projection.placed(),
            movies,
            factors::indexVector,
            new ProjectedRows(projection, null)::of);
    served.refresh();
  }

  private static ItemId item(int number) {
    return ItemId.of("i%02d".formatted(number));
  }

  private static UserId user(int number) {
    return UserId.of("u%03d".formatted(number));
  }

  private int[] topTen(float[][] vectors, float[] query) {
    float[] scores = new float[ITEMS];
    for (int n = 0; n < ITEMS; n++) {
      scores[n] = InnerProduct.of(vectors[n], query, query.length);
    }
    return TopItems.of(scores, 10, n -> true);
  }

  private int[] servedTopTen(float[] user) {
    float[] scores = new float[ITEMS];
    for (int n = 0; n < ITEMS; n++) {
      scores[n] = (float) served.score(n, user);
    }
    return TopItems.of(scores, 10, n -> true);
  }

  @Test
  void topTensAreThoseOfTheIndex() {
    ItemPlacement placement = new ItemPlacement(factors, projection);
    float[][] index = new float[ITEMS][];
    for (int n = 0; n < ITEMS; n++) {
      index[n] = placement.place(movies.get(n).record(), null);
    }
    for (int u = 0; u < likes.users().size(); u++) {
      var vector = factors.foldIn(likes.history(u));
      assertThat(servedTopTen(vector.vector())).isEqualTo(topTen(index, vector.query()));
    }
  }

  private double shareSinceFirst(int item) {
    long first =
        IntStream.range(0, likes.size())
            .filter(at -> likes.rowItem(at) == item)
            .mapToLong(likes::rowTime)
            .min()
            .orElseThrow();
    return IntStream.range(0, likes.size()).filter(at -> likes.rowTime(at) >= first).count()
        / (double) likes.size();
  }

  @Test
  void newItemsStandWhereTheEvaluationPutsThem() {
    ItemPlacer evaluated = ItemPlacer.of(factors, likes, projection.placed().strength(), 1);
    int late = likes.items().indexOf(item(LATE));
    int[] fans = new int[likes.columnLength(late)];
    for (int i = 0; i < fans.length; i++) {
      fans[i] = likes.columnUser(likes.columnStart(late) + i);
    }
    assertThat(fans).hasSize(4);
    Seen seen = new Seen(fans.length - 1, shareSinceFirst(late));
    for (int number : new int[] {LATE, ITEMS - 4, ITEMS - 3}) {
      Projected projected = projection.projected(movies.get(number).record(), null);
      int[] likedBy = number == LATE ? fans : new int[0];
      float[] place = evaluated.place(projected, seen, likedBy).vector();
      for (int u = 0; u < 40; u++) {
        var vector = factors.foldIn(likes.history(u));
        assertThat(served.score(number, vector.vector()))
            .as("a few of the last likes are hardly a part of the domain's life")
            .isCloseTo(InnerProduct.of(place, vector.query(), place.length), offset(0.01));
      }
    }
    assertThat(served.gateOf(LATE)).as("its likes have a say").isBetween(0.001, 0.9);
    assertThat(served.gateOf(ITEMS - 1)).isZero();
  }
}
