package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.VersionsContract;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tests wait for the server most of the time, and each has names of its own in it. */
@Execution(ExecutionMode.CONCURRENT)
class MilvusVectorIndexIT extends VersionsContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static MilvusServer server;

  private final String prefix =
      "it_" + ProcessHandle.current().pid() + "_" + TESTS.incrementAndGet();

  @BeforeAll
  static void findServer(@TempDir Path data) throws Exception {
    server = MilvusServer.start(data);
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected VectorIndexes open() {
    return MilvusIndexes.open(server.uri(), prefix);
  }

  @AfterEach
  void dropCollections() {
    try (MilvusCalls milvus = new MilvusCalls(server.uri())) {
      milvus.call("list", client -> client.listCollections()).getCollectionNames().stream()
          .filter(name -> name.startsWith(prefix + "_"))
          .forEach(
              name ->
                  milvus.call(
                      "drop",
                      client -> {
                        client.dropCollection(
                            DropCollectionReq.builder().collectionName(name).build());
                        return name;
                      }));
    }
  }

  @Test
  void everythingIsThereForTheNextClient() {
    VectorSpace space = space("content", "v1", 4, Metric.COSINE);
    IndexedItem item =
        new IndexedItem(
            ItemId.of("a"),
            DomainId.of("movies"),
            true,
            false,
            Embedding.copyOf(space, new float[] {0, 0, 1, 0}));
    indexes.openOrCreate(space).upsert(List.of(item));
    indexes.activate(space);
    indexes.close();

    indexes = open();

    assertThat(indexes.versions("content")).containsExactly(space);
    assertThat(indexes.active("content").orElseThrow().size()).isEqualTo(1);
    assertThat(indexes.active("content").orElseThrow().find(item.itemId())).contains(item);
  }

  @Test
  void aServerThatIsNotThereIsNamedWhenItIsNeeded() {
    try (VectorIndexes away = MilvusIndexes.open("http://somebody:secret@127.0.0.1:1")) {
      assertThatThrownBy(() -> away.active("content"))
          .isInstanceOf(VectorIndexException.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageNotContaining("secret");
    }
  }
}
