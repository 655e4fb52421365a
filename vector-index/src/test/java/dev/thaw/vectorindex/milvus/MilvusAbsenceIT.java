package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.ClusteredVectors;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.exact.ExactIndexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not there yet, hangs, or is killed and comes back, under the same client. */
class MilvusAbsenceIT {
  private static final VectorSpace SPACE = new VectorSpace("content", "v1", 16, Metric.COSINE);
  private static final int THREADS = 8;

  /** Five times the longest a search may take, connecting included. */
  private static final long FREE_SECONDS = 15;

  private static final long BACK_SECONDS = 180;

  private final ClusteredVectors world = new ClusteredVectors(SPACE, 3_000, 0.5f, 7);
  private MilvusServer server;
  private VectorIndexes indexes;

  @BeforeEach
  void makeServer(@TempDir Path data) throws Exception {
    server = MilvusServer.atRest(data);
    indexes = MilvusIndexes.open(server.uri());
  }

  @AfterEach
  void stopServer() throws Exception {
    if (indexes != null) {
      indexes.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aServerThatStartsLaterIsFoundAndOneThatHangsKeepsNoThread() throws Exception {
    assertThatThrownBy(() -> indexes.active("content"))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining(server.uri().substring("http://".length()));

    server.start();
    VectorIndex index = indexes.openOrCreate(SPACE);
    index.upsert(world.items(0, 100));
    index.refresh();
    Embedding query = world.next();
    assertThat(index.search(query, 5, SearchFilter.none())).hasSize(5);

    server.hang();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<Neighbour>>> hanging = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        hanging.add(pool.submit(() -> index.search(query, 5, SearchFilter.none())));
      }
      for (Future<List<Neighbour>> each : hanging) {
        assertThatThrownBy(() -> each.get(FREE_SECONDS, TimeUnit.SECONDS))
            .hasCauseInstanceOf(VectorIndexException.class)
            .hasMessageContaining("failed to search content@v1");
      }
    } finally {
      pool.shutdownNow();
    }
    server.goOn();
    awaitAnswers(index, query, 5);
  }

  @Test
  void aServerThatIsKilledLosesNothingAndIsUsedAgain() throws Exception {
    server.start();
    VectorIndex index = indexes.openOrCreate(SPACE);
    VectorIndex truth = new ExactIndexes().openOrCreate(SPACE);
    List<IndexedItem> items = world.items(0, 3_000);
    for (VectorIndex each : List.of(index, truth)) {
      each.upsert(items.subList(0, 2_000));
      each.compact();
      // these stay in the log
      each.upsert(items.subList(2_000, 3_000));
      each.upsert(List.of(items.get(5).withCold(true), items.get(2_500).withAvailable(false)));
      each.delete(items.subList(100, 200).stream().map(IndexedItem::itemId).toList());
      each.delete(items.subList(2_100, 2_200).stream().map(IndexedItem::itemId).toList());
    }
    indexes.activate(SPACE);

    server.kill();
    Embedding query = world.next();
    assertThatThrownBy(() -> index.search(query, 10, SearchFilter.none()))
        .isInstanceOf(VectorIndexException.class);
    server.begin();
    awaitAnswers(index, query, 10);

    assertThat(indexes.active("content").orElseThrow().space()).isEqualTo(SPACE);
    assertThat(index.size()).isEqualTo(2_800);
    List<IndexedItem> visited = new ArrayList<>();
    index.forEach(visited::add);
    assertThat(visited).hasSize(2_800);
    visited.forEach(each -> assertThat(truth.find(each.itemId())).contains(each));
    assertThat(index.search(query, 10, SearchFilter.none()).stream().map(Neighbour::itemId))
        .containsExactlyElementsOf(
            truth.search(query, 10, SearchFilter.none()).stream().map(Neighbour::itemId).toList());
    index.upsert(List.of(items.get(150)));
    assertThat(index.find(ItemId.of("i150"))).isPresent();
  }

  /** Nobody does anything for it but ask again. */
  private static void awaitAnswers(VectorIndex index, Embedding query, int k) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS);
    while (true) {
      try {
        if (index.search(query, k, SearchFilter.none()).size() == k) {
          return;
        }
      } catch (VectorIndexException e) {
        assertThat(System.nanoTime()).as("still: %s", e).isLessThan(end);
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }
}
