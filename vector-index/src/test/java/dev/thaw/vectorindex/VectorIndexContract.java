package dev.thaw.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How every index keeps what is written; {@link SearchContract} and {@link VersionsContract} go on.
 */
public abstract class VectorIndexContract {
  protected static final DomainId MOVIES = DomainId.of("movies");

  protected VectorIndexes indexes;

  /** Empty indexes. */
  protected abstract VectorIndexes open() throws Exception;

  @BeforeEach
  void openIndexes() throws Exception {
    indexes = open();
  }

  @AfterEach
  void closeIndexes() {
    indexes.close();
  }

  protected static VectorSpace space(String name, String version, int dimension, Metric metric) {
    return new VectorSpace(name, version, dimension, metric);
  }

  protected static VectorSpace plane(Metric metric) {
    return space("plane", "v1", 2, metric);
  }

  protected static Embedding vector(VectorSpace space, float... components) {
    return Embedding.copyOf(space, components);
  }

  protected static IndexedItem movie(String id, Embedding embedding) {
    return new IndexedItem(ItemId.of(id), MOVIES, false, true, embedding);
  }

  protected static List<String> ids(List<Neighbour> found) {
    return found.stream().map(each -> each.itemId().value()).toList();
  }

  @Test
  void upsertReplacesAndDeleteRemoves() {
    VectorSpace plane = plane(Metric.INNER_PRODUCT);
    VectorIndex index = indexes.openOrCreate(plane);
    ItemId a = ItemId.of("a");
    index.upsert(List.of(movie("a", vector(plane, 1, 0)), movie("b", vector(plane, 0, 1))));
    index.refresh();
    index.upsert(List.of(movie("a", vector(plane, 9, 9)), movie("a", vector(plane, 5, 0))));
    assertThat(index.find(a).map(IndexedItem::embedding))
        .as("before it is visible")
        .contains(vector(plane, 5, 0));
    index.refresh();

    assertThat(index.size()).isEqualTo(2);
    assertThat(index.search(vector(plane, 1, 0), 2, SearchFilter.none()))
        .containsExactly(new Neighbour(a, 5), new Neighbour(ItemId.of("b"), 0));

    index.delete(List.of(a, ItemId.of("never there")));
    assertThat(index.find(a)).as("before it is visible").isEmpty();
    index.refresh();
    assertThat(index.get(a)).isEmpty();
    assertThat(ids(index.search(vector(plane, 1, 0), 2, SearchFilter.none()))).containsExactly("b");
    assertThat(index.find(a)).isEmpty();
    assertThat(index.size()).isEqualTo(1);

    index.upsert(List.of(movie("a", vector(plane, 2, 0))));
    index.refresh();
    assertThat(index.size()).isEqualTo(2);
    assertThat(index.get(a)).contains(vector(plane, 2, 0));
  }

  @Test
  void keepsDomainAndFlags() {
    VectorSpace plane = plane(Metric.INNER_PRODUCT);
    VectorIndex index = indexes.openOrCreate(plane);
    IndexedItem item =
        new IndexedItem(
            ItemId.of("x"), DomainId.of("books"), true, false, vector(plane, 0.1f, -7.25f));
    index.upsert(List.of(item));
    assertThat(index.find(item.itemId())).contains(item);
    index.refresh();
    assertThat(index.find(item.itemId())).contains(item);
  }

  @Test
  void getAllGivesTheVectorsOfThoseThatAreThere() {
    VectorSpace space = space("many", "v1", 8, Metric.COSINE);
    VectorIndex index = indexes.openOrCreate(space);
    List<IndexedItem> items = new ClusteredVectors(space, 600, 0.5f, 7).items(0, 600);
    index.upsert(items);
    index.refresh();
    index.delete(List.of(ItemId.of("i7")));
    index.refresh();
    List<ItemId> asked = new ArrayList<>(items.stream().map(IndexedItem::itemId).toList());
    asked.add(ItemId.of("el\"se \\ 'where'"));

    Map<ItemId, Embedding> found = index.getAll(asked);

    assertThat(found).hasSize(599).doesNotContainKey(ItemId.of("i7"));
    // in one call: each one of its own that reads strongly would wait for the server's next tick
    Map<ItemId, Embedding> written = new HashMap<>();
    index.findAll(asked).forEach((id, item) -> written.put(id, item.embedding()));
    assertThat(found).isEqualTo(written);
    assertThat(index.getAll(List.of())).isEmpty();
  }

  @Test
  void refusesVectorsOfAnotherSpaceAndChangesNothing() {
    VectorSpace plane = plane(Metric.COSINE);
    VectorIndex index = indexes.openOrCreate(plane);
    VectorSpace other = space("plane", "v2", 2, Metric.COSINE);
    IndexedItem good = movie("good", vector(plane, 1, 0));

    assertThatThrownBy(() -> index.upsert(List.of(good, movie("bad", vector(other, 1, 0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad")
        .hasMessageContaining("v2")
        .hasMessageContaining("v1");
    assertThatThrownBy(() -> index.upsert(List.of(good, movie("zero", vector(plane, 0, 0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zero");
    assertThatThrownBy(() -> index.search(vector(other, 1, 0), 1, SearchFilter.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v2");
    index.refresh();
    assertThat(index.size()).isZero();
  }

  @Test
  void searchesWhileItIsWritten() {
    VectorSpace space = space("busy", "v1", 16, Metric.COSINE);
    ClusteredVectors world = new ClusteredVectors(space, 2_000, 0.5f, 7);
    VectorIndex index = indexes.openOrCreate(space);
    List<IndexedItem> items = world.items(0, 2_000);
    index.upsert(items.subList(0, 500));
    index.refresh();
    Embedding query = world.next();
    AtomicBoolean written = new AtomicBoolean();

    CompletableFuture<Integer> searching =
        CompletableFuture.supplyAsync(
            () -> {
              int searches = 0;
              do {
                List<Neighbour> found = index.search(query, 20, SearchFilter.none());
                assertThat(found).hasSize(20);
                assertThat(new HashSet<>(ids(found))).hasSize(20);
                searches++;
              } while (!written.get());
              return searches;
            });
    try {
      for (int from = 0; from < 2_000; from += 100) {
        index.upsert(items.subList(from, from + 100));
        index.refresh();
      }
    } finally {
      written.set(true);
    }
    assertThat(searching.join()).isPositive();
    assertThat(index.size()).isEqualTo(2_000);
  }

  @Test
  void forEachVisitsEveryItemOnceAsItWasLastWritten() {
    VectorSpace space = space("all", "v1", 8, Metric.INNER_PRODUCT);
    ClusteredVectors world = new ClusteredVectors(space, 5_000, 0.5f, 7);
    VectorIndex index = indexes.openOrCreate(space);
    List<IndexedItem> written = new ArrayList<>(world.items(0, 5_000));
    for (int from = 0; from < 5_000; from += 1_250) { // in several segments
      index.upsert(written.subList(from, from + 1_250));
      index.refresh();
    }
    index.delete(written.subList(4_000, 5_000).stream().map(IndexedItem::itemId).toList());
    written.subList(4_000, 5_000).clear();
    for (int i = 0; i < 4_000; i += 4) {
      written.set(i, ClusteredVectors.item(i, world.next()).withCold(true));
    }
    index.upsert(written.stream().filter(IndexedItem::cold).toList());

    assertThat(index.findAll(List.of(ItemId.of("i4"), ItemId.of("i4500"), ItemId.of("i5"))))
        .isEqualTo(Map.of(ItemId.of("i4"), written.get(4), ItemId.of("i5"), written.get(5)));
    List<IndexedItem> visited = new ArrayList<>();
    index.forEach(visited::add);

    assertThat(visited).hasSize(4_000);
    assertThat(visited.stream().collect(Collectors.toMap(IndexedItem::itemId, Function.identity())))
        .isEqualTo(
            written.stream().collect(Collectors.toMap(IndexedItem::itemId, Function.identity())));
  }

  @Test
  void forEachOfNothingVisitsNothing() {
    VectorIndex index = indexes.openOrCreate(plane(Metric.COSINE));
    index.forEach(
        item -> {
          throw new AssertionError("visited " + item);
        });
  }

  /** from, from + 1, ... */
  protected static float[] ramp(int dimension, float from) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = from + i;
    }
    return vector;
  }
}
