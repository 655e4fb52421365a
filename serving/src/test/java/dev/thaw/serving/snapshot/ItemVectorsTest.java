package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.projection.PlacedItems;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.vectorindex.VectorIndexException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemVectorsTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final float[] USER = {1};

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private final DomainCatalogue movies = catalogue.domains().iterator().next();
  private final AtomicInteger projections = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  /** What the content index says of every item at the moment. */
  private float encoded = 1;

  private boolean complete = true;
  private boolean readable = true;

  /** Of every item, as if the model was trained on it. */
  private float @Nullable [] learned;

  private final ItemVectors vectors = vectors(PlacedItems.NONE);

  private ItemVectors vectors(PlacedItems placed) {
    return new ItemVectors(1, placed, movies, id -> learned, this::project);
  }

  /** Items m and n stand at 0.1 and a share of their projection. */
  private static PlacedItems following(float share) {
    BinaryWriter out = new BinaryWriter();
    out.writeDouble(1).writeDouble(0).writeDouble(0);
    ItemDictionary.of(List.of(ItemId.of("m"), ItemId.of("n"))).write(out);
    FloatArrays.write(out, new float[] {share, share});
    FloatArrays.write(out, new float[] {0.1f, 0, 0.1f, 0});
    return PlacedItems.read(new BinaryReader("places", out.toByteArray()));
  }

  private Map<ItemId, ProjectedRows.Row> project(List<CatalogueItem> items) {
    reads.incrementAndGet();
    if (!readable) {
      throw new VectorIndexException("connection refused");
    }
    projections.addAndGet(items.size());
    return items.stream()
        .collect(
            Collectors.toMap(
                CatalogueItem::itemId,
                item -> new ProjectedRows.Row(new float[] {encoded, 0}, complete)));
  }

  @Test
  void theContentOfManyItemsIsReadInFewCalls() {
    for (int i = 0; i < 1_100; i++) {
      put("m" + i, "text");
    }
    refresh(2);
    assertThat(projections).hasValue(1_100);
    assertThat(reads).hasValue(3);
    assertThat(vectors.score(1_099, USER)).isEqualTo(1);
  }

  @Test
  void aNewTextIsProjectedAgainAndItsVectorTakenUpWhenItComes() {
    put("first text");
    refresh(1);
    assertThat(vectors.score(0, USER)).isEqualTo(1);

    put("second text");
    refresh(3);
    encoded = 2;
    refresh(3);
    assertThat(vectors.score(0, USER)).isEqualTo(2);
  }

  @Test
  void theSameTextOnceMoreCostsNothingAndAChangedOneFewProjections() {
    put("text");
    refresh(1);
    put("text");
    refresh(200);
    assertThat(projections).hasValue(1);

    put("other text");
    refresh(200);
    assertThat(projections).hasValueBetween(3, 9);
  }

  @Test
  void anItemWhoseContentIsYetToComeIsTriedUntilItIsThere() {
    complete = false;
    put("text");
    refresh(10);
    assertThat(projections).hasValue(10);
    complete = true;
    encoded = 3;
    refresh(10);
    assertThat(projections).hasValue(11);
    assertThat(vectors.score(0, USER)).isEqualTo(3);
  }

  @Test
  void placedItemsStandWhereTheyWereLearnedUntilTheIndexIsBack() {
    learned = new float[] {5, 0};
    ItemVectors placed = vectors(following(0.5f));
    put("m", "text");
    put("n", "text");
    readable = false;
    refresh(placed, 1);
    assertThat(placed.score(0, USER)).isEqualTo(5);
    assertThat(placed.gateOf(0)).isEqualTo(1);

    readable = true;
    refresh(placed, 1);
    for (int item : new int[] {0, 1}) {
      assertThat(placed.gateOf(item)).isEqualTo(0.5);
      assertThat(placed.score(item, USER)).isCloseTo(0.6, offset(1e-6));
    }
    refresh(placed, 10);
    assertThat(projections).hasValue(2);
  }

  @Test
  void anItemThatFollowsNothingNeedsNoContent() {
    learned = new float[] {5, 0};
    ItemVectors placed = vectors(following(0));
    put("m", "text");
    readable = false;
    refresh(placed, 2);
    assertThat(placed.score(0, USER)).isCloseTo(0.1, offset(1e-6));
    assertThat(reads).hasValue(0);
  }

  @Test
  void itemsThatTheFactorsKnowAndNobodyPlacedStandWhereTheyWereLearned() {
    learned = new float[] {5, 0};
    put("m", "text");
    refresh(1);
    assertThat(vectors.score(0, USER)).isEqualTo(5);
    assertThat(vectors.gateOf(0)).isEqualTo(1);
  }

  @Test
  void aNewTextIsTakenUpHoweverLongTheIndexWasAway() {
    learned = new float[] {5, 0};
    ItemVectors placed = vectors(following(0.5f));
    put("first text");
    refresh(placed, 1);
    put("second text");
    readable = false;
    refresh(placed, 300);
    readable = true;
    encoded = 2;
    refresh(placed, 1);
    assertThat(placed.score(0, USER)).isCloseTo(1.1, offset(1e-6));
    refresh(placed, 200);
    assertThat(projections).hasValueBetween(3, 9);
  }

  @Test
  void aTextThatChangedBeforeTheFirstRowIsTakenUpWhenItComes() {
    readable = false;
    put("first text");
    refresh(1);
    put("second text");
    refresh(1);
    readable = true;
    refresh(1);
    assertThat(vectors.score(0, USER)).as("that of the first text").isEqualTo(1);
    encoded = 2;
    refresh(200);
    assertThat(vectors.score(0, USER)).isEqualTo(2);
    assertThat(projections).hasValueBetween(3, 9);
  }

  private void refresh(int times) {
    refresh(vectors, times);
  }

  private static void refresh(ItemVectors vectors, int times) {
    for (int i = 0; i < times; i++) {
      vectors.refresh();
    }
  }

  private void put(String description) {
    put("m", description);
  }

  private void put(String id, String description) {
    catalogue.put(
        new CatalogueItem(
            ItemId.of(id),
            MOVIES,
            "Title",
            description,
            List.of(),
            Map.of(),
            true,
            Instant.EPOCH.plusSeconds(1)));
  }
}
