package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.launcher.console.Progress;
import dev.thaw.vectorindex.BuildOrder;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.exact.ExactIndexes;
import dev.thaw.vectorindex.lucene.LuceneIndexes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The embedded index alone, on one thread: building, searching under filters beside the exact index
 * and with the share of its answers, replacing items in small batches. One item in three is in the
 * domain, one in ten of those is cold, six in seven are available.
 */
final class IndexBench implements Benchmark {
  private static final int MOST_ITEMS = 50_000;
  private static final int BATCH = 1_000;
  private static final int SMALL_BATCH = 100;
  private static final int REPLACED = 3_000;
  private static final int EXCLUDED = 500;
  private static final int QUERIES = 200;
  private static final int K = 10;
  private static final DomainId DOMAIN = PlantedWorld.DOMAIN;

  @Override
  public String name() {
    return "index";
  }

  @Override
  public String description() {
    return "builds, filtered searches and replacements of the embedded index beside the exact one";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    int items = Math.min(MOST_ITEMS, PlantedWorld.wholeThemes(context.items()));
    PlantedWorld world = new PlantedWorld(items, context.seed());
    List<Figure> figures = new ArrayList<>();
    figures.addAll(
        measure(
            context,
            items,
            new VectorSpace("factors", "planted", 64, Metric.INNER_PRODUCT),
            number -> factors(world, number)));
    figures.addAll(
        measure(
            context,
            items,
            new VectorSpace("content", "planted", PlantedWorld.CONTENT_DIMENSION, Metric.COSINE),
            world::content));
    return figures;
  }

  /** A direction of the item's theme, as long as the item is popular. */
  private static float[] factors(PlantedWorld world, int number) {
    float[] content = world.content(number);
    float[] vector = new float[64];
    double length = Math.sqrt(world.interactions(number));
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (length * content[i]);
    }
    return vector;
  }

  private static List<Figure> measure(
      BenchContext context, int items, VectorSpace space, IntFunction<float[]> vectors)
      throws Exception {
    String what = "index of %,d items, %d dimensions, ".formatted(items, space.dimension());
    List<IndexedItem> all = new ArrayList<>(items);
    for (int i = 0; i < items; i++) {
      all.add(item(i, Embedding.copyOf(space, vectors.apply(i))));
    }
    all = BuildOrder.scattered(all, IndexedItem::itemId);
    try (VectorIndexes lucene = LuceneIndexes.open(context.folder("index").resolve(space.name()));
        VectorIndexes memory = new ExactIndexes();
        Progress.Task task = context.progress().begin(what + "building", items)) {
      VectorIndex index = lucene.openOrCreate(space);
      VectorIndex exact = memory.openOrCreate(space);
      exact.upsert(all);
      List<Figure> figures = new ArrayList<>();
      figures.add(build(what, index, all, task));
      List<Embedding> queries = queries(space, vectors, items, true, context.seed());
      List<Embedding> mixed = queries(space, vectors, items, false, context.seed());
      for (Map.Entry<String, SearchFilter> filter : filters(all).entrySet()) {
        figures.add(searches(what + filter.getKey(), index, exact, queries, filter.getValue()));
      }
      figures.add(
          searches(what + "all, tastes of two themes", index, exact, mixed, SearchFilter.none()));
      figures.add(replacing(what, index, all));
      return figures;
    }
  }

  private static IndexedItem item(int number, Embedding vector) {
    return new IndexedItem(
        PlantedWorld.item(number),
        number % 3 == 0 ? DOMAIN : DomainId.of("books"),
        number % 10 == 0,
        number % 7 != 0,
        vector);
  }

  private static Figure build(
      String what, VectorIndex index, List<IndexedItem> all, Progress.Task task) {
    long start = System.nanoTime();
    for (int from = 0; from < all.size(); from += BATCH) {
      index.upsert(all.subList(from, Math.min(all.size(), from + BATCH)));
      task.at(from);
    }
    index.refresh();
    double written = seconds(start);
    start = System.nanoTime();
    index.compact();
    return Figure.of(what + "written", all.size() / written, "items/s")
        .with("s to compact after it", seconds(start));
  }

  private static Map<String, SearchFilter> filters(List<IndexedItem> all) {
    Set<ItemId> seen =
        all.stream()
            .limit(EXCLUDED)
            .map(IndexedItem::itemId)
            .collect(Collectors.toUnmodifiableSet());
    Map<String, SearchFilter> filters = new LinkedHashMap<>();
    filters.put("all", SearchFilter.none());
    filters.put("available in a domain (29 %)", SearchFilter.availableIn(DOMAIN));
    filters.put("and not among 500", SearchFilter.availableIn(DOMAIN).without(seen));
    filters.put("available, cold, in a domain (3 %)", SearchFilter.availableIn(DOMAIN).coldOnly());
    return filters;
  }

  /**
   * Between two items each, as tastes are: of one theme, or of any two, where the neighbours are in
   * two places far from each other.
   */
  private static List<Embedding> queries(
      VectorSpace space, IntFunction<float[]> vectors, int items, boolean oneTheme, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Embedding> queries = new ArrayList<>(QUERIES);
    for (int i = 0; i < QUERIES; i++) {
      int one = random.nextInt(items);
      int other = random.nextInt(items);
      float[] sum = vectors.apply(one);
      float[] added = vectors.apply(oneTheme ? PlantedWorld.ofThemeOf(one, other) : other);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += added[j];
      }
      queries.add(Embedding.copyOf(space, sum));
    }
    return queries;
  }

  private static Figure searches(
      String what,
      VectorIndex index,
      VectorIndex exact,
      List<Embedding> queries,
      SearchFilter filter) {
    int found = 0;
    int wanted = 0;
    long start = System.nanoTime();
    List<Set<ItemId>> truth = new ArrayList<>(queries.size());
    queries.forEach(query -> truth.add(ids(exact.search(query, K, filter))));
    double exactly = queries.size() / seconds(start);
    for (int i = 0; i < queries.size(); i++) {
      Set<ItemId> hits = ids(index.search(queries.get(i), K, filter));
      hits.retainAll(truth.get(i));
      found += hits.size();
      wanted += truth.get(i).size();
    }
    int rounds = 10;
    start = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      queries.forEach(query -> index.search(query, K, filter));
    }
    return Figure.of(what, rounds * queries.size() / seconds(start), "searches/s")
        .beside("exact", exactly)
        .with("recall@10", found / (double) wanted);
  }

  private static Set<ItemId> ids(List<Neighbour> near) {
    Set<ItemId> ids = new HashSet<>();
    near.forEach(each -> ids.add(each.itemId()));
    return ids;
  }

  private static Figure replacing(String what, VectorIndex index, List<IndexedItem> all) {
    int replaced = Math.min(REPLACED, all.size());
    long start = System.nanoTime();
    for (int from = 0; from < replaced; from += SMALL_BATCH) {
      index.upsert(all.subList(from, Math.min(replaced, from + SMALL_BATCH)));
      index.refresh();
    }
    return Figure.of(
        what + "replaced, made durable every 100", replaced / seconds(start), "items/s");
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
