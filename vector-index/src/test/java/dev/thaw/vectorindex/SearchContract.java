package dev.thaw.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.exact.ExactIndexes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every index finds: nearest first, through filters, with a bound on recall. */
public abstract class SearchContract extends VectorIndexContract {
  @ParameterizedTest
  @EnumSource(Metric.class)
  void recallAt10IsAbove95PercentAtSeed7(Metric metric) {
    VectorSpace space = space("recall", "v1", 64, metric);
    ClusteredVectors world = new ClusteredVectors(space, 6_000, 0.5f, 7);
    List<IndexedItem> items = world.items(0, 6_000);
    VectorIndex index = indexes.openOrCreate(space);
    VectorIndex exact = new ExactIndexes().openOrCreate(space);
    index.upsert(items);
    exact.upsert(items);
    index.compact();
    assertThat(index.size()).isEqualTo(6_000);

    for (SearchFilter filter :
        List.of(
            SearchFilter.none(),
            SearchFilter.availableIn(MOVIES),
            SearchFilter.availableIn(MOVIES).warmOnly(),
            SearchFilter.availableIn(MOVIES).coldOnly(),
            SearchFilter.none().without(halfOf(items)))) {
      assertThat(recall(index, exact, world, filter)).as("%s", filter).isGreaterThan(0.95);
    }
  }

  private static Set<ItemId> halfOf(List<IndexedItem> items) {
    return items.stream()
        .map(IndexedItem::itemId)
        .filter(id -> id.value().hashCode() % 2 == 0)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static double recall(
      VectorIndex index, VectorIndex exact, ClusteredVectors world, SearchFilter filter) {
    int found = 0;
    int queries = 50;
    for (int i = 0; i < queries; i++) {
      Embedding query = world.next();
      List<Neighbour> truth = exact.search(query, 10, filter);
      List<Neighbour> answer = index.search(query, 10, filter);
      assertThat(answer).hasSize(10);
      found += (int) ids(answer).stream().filter(ids(truth)::contains).count();
    }
    return found / (queries * 10.0);
  }

  @Test
  void cosineIgnoresLengthsAndIsTheSimilarity() {
    VectorSpace plane = plane(Metric.COSINE);
    VectorIndex index = indexes.openOrCreate(plane);
    index.upsert(
        List.of(
            movie("along", vector(plane, 50, 0)),
            movie("across", vector(plane, 0, 0.01f)),
            movie("against", vector(plane, -3, 0)),
            movie("between", vector(plane, 2, 2))));
    index.refresh();

    List<Neighbour> found = index.search(vector(plane, 7, 0), 4, SearchFilter.none());

    assertThat(ids(found)).containsExactly("along", "between", "across", "against");
    float[] cosines = {1, (float) Math.sqrt(0.5), 0, -1};
    for (int i = 0; i < 4; i++) {
      assertThat(found.get(i).similarity()).isCloseTo(cosines[i], within(1e-5f));
    }
    assertThat(index.get(ItemId.of("between")).orElseThrow().get(0))
        .isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
  }

  @Test
  void innerProductPrefersLongVectorsAndIsTheSimilarity() {
    VectorSpace plane = plane(Metric.INNER_PRODUCT);
    VectorIndex index = indexes.openOrCreate(plane);
    index.upsert(
        List.of(
            movie("short", vector(plane, 1, 0)),
            movie("long", vector(plane, 3, 4)),
            movie("zero", vector(plane, 0, 0)),
            movie("against", vector(plane, -2, 0))));
    index.refresh();

    List<Neighbour> found = index.search(vector(plane, 2, 0), 4, SearchFilter.none());

    assertThat(ids(found)).containsExactly("long", "short", "zero", "against");
    float[] products = {6, 2, 0, -4};
    for (int i = 0; i < 4; i++) {
      assertThat(found.get(i).similarity()).isCloseTo(products[i], within(1e-5f));
    }
    assertThat(index.get(ItemId.of("long"))).contains(vector(plane, 3, 4));
  }

  @Test
  void findsOnlyWhatTheFilterLetsThrough() {
    VectorSpace plane = plane(Metric.COSINE);
    VectorIndex index = indexes.openOrCreate(plane);
    DomainId quoted = DomainId.of("o\"dd\\ 'name'");
    Embedding one = vector(plane, 1, 1);
    index.upsert(
        List.of(
            new IndexedItem(ItemId.of("warm"), MOVIES, false, true, one),
            new IndexedItem(ItemId.of("cold"), MOVIES, true, true, one),
            new IndexedItem(ItemId.of("gone"), MOVIES, false, false, one),
            new IndexedItem(ItemId.of("el\"se \\ 'where'"), quoted, true, false, one)));
    index.refresh();

    SearchFilter movies = SearchFilter.availableIn(MOVIES);
    assertThat(ids(index.search(one, 9, SearchFilter.none()))).hasSize(4);
    assertThat(ids(index.search(one, 9, movies))).containsExactlyInAnyOrder("warm", "cold");
    assertThat(ids(index.search(one, 9, movies.coldOnly()))).containsExactly("cold");
    assertThat(ids(index.search(one, 9, movies.warmOnly()))).containsExactly("warm");
    assertThat(ids(index.search(one, 9, movies.without(Set.of(ItemId.of("cold"))))))
        .containsExactly("warm");
    assertThat(ids(index.search(one, 9, new SearchFilter(quoted, null, null, Set.of()))))
        .containsExactly("el\"se \\ 'where'");
    assertThat(index.search(one, 9, SearchFilter.availableIn(DomainId.of("nowhere")))).isEmpty();
    Set<ItemId> odd = Set.of(ItemId.of("el\"se \\ 'where'"));
    assertThat(ids(index.search(one, 9, SearchFilter.none().without(odd))))
        .containsExactlyInAnyOrder("warm", "cold", "gone");
    assertThat(index.find(ItemId.of("el\"se \\ 'where'"))).isPresent();
  }

  @Test
  void aMillionExclusionsLeaveTheRest() {
    VectorSpace space = space("exclusions", "v1", 16, Metric.COSINE);
    ClusteredVectors world = new ClusteredVectors(space, 3_000, 0.5f, 7);
    VectorIndex index = indexes.openOrCreate(space);
    index.upsert(world.items(0, 3_000));
    index.refresh();
    Set<ItemId> excluded = new HashSet<>();
    IntStream.range(5, 1_000_005).forEach(i -> excluded.add(ItemId.of("i" + i)));
    SearchFilter filter = SearchFilter.none().without(excluded);

    assertThat(ids(index.search(world.next(), 10, filter)))
        .containsExactlyInAnyOrder("i0", "i1", "i2", "i3", "i4");
    assertThat(ids(index.search(world.next(), 2, filter)))
        .hasSize(2)
        .isSubsetOf("i0", "i1", "i2", "i3", "i4");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10_001})
  void refusesKOutOfBounds(int k) {
    VectorSpace plane = plane(Metric.COSINE);
    VectorIndex index = indexes.openOrCreate(plane);
    assertThatThrownBy(() -> index.search(vector(plane, 1, 0), k, SearchFilter.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 10000]")
        .hasMessageContaining(String.valueOf(k));
  }

  @Test
  void theLargestKGivesAllThereIs() {
    VectorSpace plane = plane(Metric.COSINE);
    VectorIndex index = indexes.openOrCreate(plane);
    assertThat(index.search(vector(plane, 1, 0), 10_000, SearchFilter.none())).isEmpty();
    index.upsert(List.of(movie("only", vector(plane, 0, 1))));
    index.refresh();
    assertThat(ids(index.search(vector(plane, 1, 0), 10_000, SearchFilter.none())))
        .containsExactly("only");
  }
}
