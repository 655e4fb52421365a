package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.exact.ExactIndexes;
import dev.thaw.vectorindex.lucene.LuceneIndexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recall, speed and upserts of the Lucene index beside the exact one, on one thread. Arguments: an
 * empty folder, items, dimension, metric, noise. Prints one line a filter.
 */
public final class IndexMeasurement {
  private static final int QUERIES = 300;
  private static final int TIMED = 3_000;
  private static final int K = 10;

  private IndexMeasurement() {}

  public static void main(String[] arguments) {
    int items = Integer.parseInt(arguments[1]);
    int dimension = Integer.parseInt(arguments[2]);
    VectorSpace space = new VectorSpace("measured", "v1", dimension, Metric.valueOf(arguments[3]));
    float noise = Float.parseFloat(arguments[4]);
    ClusteredVectors world = new ClusteredVectors(space, items, noise, 7);
    List<IndexedItem> all = world.items(0, items);
    System.out.printf("%d x %d %s, noise %s%n", items, dimension, space.metric(), noise);
    try (VectorIndexes folder = LuceneIndexes.open(Path.of(arguments[0]));
        VectorIndexes memory = new ExactIndexes()) {
      VectorIndex lucene = folder.openOrCreate(space);
      VectorIndex exact = memory.openOrCreate(space);
      exact.upsert(all);
      long start = System.nanoTime();
      for (int from = 0; from < items; from += 1_000) {
        lucene.upsert(all.subList(from, Math.min(items, from + 1_000)));
      }
      lucene.refresh();
      double loaded = seconds(start);
      searches("before compact", lucene, exact, world, SearchFilter.none());
      start = System.nanoTime();
      lucene.compact();
      System.out.printf(
          "upserts %.0f/s (%.1f s), compact %.1f s%n", items / loaded, loaded, seconds(start));
      filters(all).forEach((name, filter) -> searches(name, lucene, exact, world, filter));
      start = System.nanoTime();
      for (int from = 0; from < 5_000; from += 100) {
        lucene.upsert(all.subList(from, from + 100));
        lucene.refresh();
      }
      System.out.printf("replacing 5,000, refresh every 100: %.0f/s%n", 5_000 / seconds(start));
      searches("after replacing", lucene, exact, world, SearchFilter.none());
    }
  }

  private static Map<String, SearchFilter> filters(List<IndexedItem> all) {
    DomainId movies = DomainId.of("movies");
    Set<ItemId> seen =
        all.stream().limit(500).map(IndexedItem::itemId).collect(Collectors.toUnmodifiableSet());
    Map<String, SearchFilter> filters = new LinkedHashMap<>();
    filters.put("no filter", SearchFilter.none());
    filters.put("available in a domain (29 %)", SearchFilter.availableIn(movies));
    filters.put("and 500 excluded", SearchFilter.availableIn(movies).without(seen));
    filters.put("available, cold, in a domain (3 %)", SearchFilter.availableIn(movies).coldOnly());
    return filters;
  }

  private static void searches(
      String name,
      VectorIndex lucene,
      VectorIndex exact,
      ClusteredVectors world,
      SearchFilter filter) {
    List<Embedding> queries = new ArrayList<>();
    int hits = 0;
    long exactNanos = 0;
    for (int i = 0; i < QUERIES; i++) {
      Embedding query = world.next();
      queries.add(query);
      long start = System.nanoTime();
      List<Neighbour> truth = exact.search(query, K, filter);
      exactNanos += System.nanoTime() - start;
      Set<ItemId> wanted = truth.stream().map(Neighbour::itemId).collect(Collectors.toSet());
      hits +=
          (int)
              lucene.search(query, K, filter).stream()
                  .filter(each -> wanted.contains(each.itemId()))
                  .count();
    }
    long[] nanos = new long[TIMED];
    for (int i = 0; i < 2 * TIMED; i++) {
      long start = System.nanoTime();
      lucene.search(queries.get(i % QUERIES), K, filter);
      nanos[i % TIMED] = System.nanoTime() - start;
    }
    double perSecond = TIMED * 1e9 / Arrays.stream(nanos).sum();
    Arrays.sort(nanos);
    System.out.printf(
        "%-36s recall@10 %.4f  %6.0f/s  p50 %.3f ms  p99 %.3f ms  (exact %.0f/s)%n",
        name,
        hits / (double) (QUERIES * K),
        perSecond,
        nanos[TIMED / 2] / 1e6,
        nanos[TIMED * 99 / 100] / 1e6,
        QUERIES * 1e9 / exactNanos);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
