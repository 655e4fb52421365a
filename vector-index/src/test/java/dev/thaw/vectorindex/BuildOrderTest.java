package dev.thaw.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.exact.ExactIndexes;
import dev.thaw.vectorindex.lucene.LuceneIndexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOrderTest {
  private static final int ITEMS = 10_000;
  private static final int SEGMENT = 2_000;
  private static final int THEMES = 50;
  private static final int QUERIES = 200;
  private static final int K = 10;
  private static final VectorSpace SPACE =
      new VectorSpace("factors", "v1", 64, Metric.INNER_PRODUCT);

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void isAnOrderOfTheSameItemsThatDoesNotDependOnTheGivenOne() {
    List<ItemId> sorted = IntStream.range(0, ITEMS).mapToObj(i -> ItemId.of("i" + i)).toList();
    List<ItemId> reversed = new ArrayList<>(sorted);
    java.util.Collections.reverse(reversed);

    List<ItemId> scattered = BuildOrder.scattered(sorted, id -> id);

    assertThat(scattered).containsExactlyInAnyOrderElementsOf(sorted);
    assertThat(BuildOrder.scattered(reversed, id -> id)).isEqualTo(scattered);
    for (int from = 0; from < ITEMS; from += SEGMENT) {
      double mean =
          scattered.subList(from, from + SEGMENT).stream()
              .mapToInt(id -> Integer.parseInt(id.value().substring(1)))
              .average()
              .orElseThrow();
      // 4 standard errors of the mean of so many of so many numbers
      assertThat(mean).isBetween(ITEMS / 2.0 - 260, ITEMS / 2.0 + 260);
    }
  }

  @Test
  void factorsBuiltInSegmentsAreFoundIfScatteredAndMissedIfSortedByPopularity() {
    float[][] themes = new float[THEMES][];
    for (int i = 0; i < THEMES; i++) {
      themes[i] = gaussian(1);
    }
    List<IndexedItem> sorted = new ArrayList<>(ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      sorted.add(item(i, near(themes[i % THEMES], Math.pow(1 + i, -0.5))));
    }
    List<Embedding> queries = new ArrayList<>(QUERIES);
    for (int i = 0; i < QUERIES; i++) {
      queries.add(Embedding.copyOf(SPACE, near(themes[i % THEMES], 1)));
    }

    double scattered =
        recall("scattered", BuildOrder.scattered(sorted, IndexedItem::itemId), queries);
    double byPopularity = recall("sorted", sorted, queries);

    assertThat(scattered).isGreaterThanOrEqualTo(0.97);
    assertThat(byPopularity).as("else the order needs no care any more").isLessThan(0.9);
  }

  private double recall(String name, List<IndexedItem> items, List<Embedding> queries) {
    try (VectorIndexes lucene = LuceneIndexes.open(folder.resolve(name));
        VectorIndexes memory = new ExactIndexes()) {
      VectorIndex graph = lucene.openOrCreate(SPACE);
      VectorIndex exact = memory.openOrCreate(SPACE);
      for (int from = 0; from < ITEMS; from += SEGMENT) {
        graph.upsert(items.subList(from, from + SEGMENT));
        graph.refresh();
      }
      graph.compact();
      exact.upsert(items);
      int hits = 0;
      for (Embedding query : queries) {
        Set<ItemId> wanted = ids(exact.search(query, K, SearchFilter.none()));
        wanted.retainAll(ids(graph.search(query, K, SearchFilter.none())));
        hits += wanted.size();
      }
      return hits / (double) (QUERIES * K);
    }
  }

  private static Set<ItemId> ids(List<Neighbour> neighbours) {
    Set<ItemId> ids = new HashSet<>();
    neighbours.forEach(each -> ids.add(each.itemId()));
    return ids;
  }

  private static IndexedItem item(int number, float[] vector) {
    return new IndexedItem(
        ItemId.of("i" + number),
        DomainId.of("movies"),
        false,
        true,
        Embedding.copyOf(SPACE, vector));
  }

  private float[] near(float[] theme, double length) {
    float[] vector = gaussian(0.5);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (length * (theme[i] + vector[i]));
    }
    return vector;
  }

  private float[] gaussian(double deviation) {
    float[] vector = new float[SPACE.dimension()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (deviation * random.nextGaussian());
    }
    return vector;
  }
}
