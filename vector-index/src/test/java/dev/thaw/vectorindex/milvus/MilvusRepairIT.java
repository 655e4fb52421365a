package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others did to the server, or a crash left half done, is mended. */
class MilvusRepairIT {
  private static final VectorSpace ONE = new VectorSpace("content", "v1", 2, Metric.COSINE);
  private static final VectorSpace TWO = new VectorSpace("content", "v2", 2, Metric.COSINE);
  private static MilvusServer server;

  @BeforeAll
  static void startServer(@TempDir Path data) throws Exception {
    server = MilvusServer.start(data);
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static IndexedItem item(VectorSpace space) {
    return new IndexedItem(
        ItemId.of("a"),
        DomainId.of("movies"),
        false,
        true,
        Embedding.copyOf(space, new float[] {1, 0}));
  }

  private static void dropFromOutside(MilvusCalls milvus, String collection) {
    milvus.call(
        "drop",
        client -> {
          client.dropCollection(DropCollectionReq.builder().collectionName(collection).build());
          return collection;
        });
  }

  @Test
  void anAliasWhoseCollectionWasDroppedFromOutsideIsNoActiveVersion() {
    CollectionNames names = new CollectionNames("dangling");
    try (MilvusCalls milvus = new MilvusCalls(server.uri());
        VectorIndexes indexes = MilvusIndexes.open(server.uri(), names.prefix())) {
      indexes.openOrCreate(ONE);
      indexes.activate(ONE);
      dropFromOutside(milvus, names.collection(ONE));

      assertThat(indexes.active("content")).isEmpty();
      assertThat(indexes.find("content", "v1")).isEmpty();
      assertThat(indexes.versions("content")).isEmpty();
      indexes.drop(ONE);

      indexes.openOrCreate(TWO).upsert(List.of(item(TWO)));
      assertThat(indexes.active("content")).isEmpty();
      indexes.activate(TWO);
      VectorIndex active = indexes.active("content").orElseThrow();
      assertThat(active.space()).isEqualTo(TWO);
      assertThat(active.size()).isEqualTo(1);
    }
  }

  @Test
  void theVersionThatWasDroppedFromOutsideCanBeBuiltAgainUnderItsAlias() {
    CollectionNames names = new CollectionNames("rebuilt");
    try (MilvusCalls milvus = new MilvusCalls(server.uri());
        VectorIndexes indexes = MilvusIndexes.open(server.uri(), names.prefix())) {
      indexes.openOrCreate(ONE).upsert(List.of(item(ONE)));
      indexes.activate(ONE);
      dropFromOutside(milvus, names.collection(ONE));

      VectorIndex built = indexes.openOrCreate(ONE);
      assertThat(built.size()).isZero();
      built.upsert(List.of(item(ONE)));
      indexes.activate(ONE);
      assertThat(indexes.active("content").orElseThrow().size()).isEqualTo(1);
    }
  }

  @Test
  void aCollectionThatWasMadeButGotNoGraphIsFinishedWhenItIsOpened() {
    CollectionNames names = new CollectionNames("halfmade");
    try (MilvusCalls milvus = new MilvusCalls(server.uri());
        VectorIndexes indexes = MilvusIndexes.open(server.uri(), names.prefix())) {
      milvus.call(
          "create",
          client -> {
            client.createCollection(
                CreateCollectionReq.builder()
                    .collectionName(names.collection(ONE))
                    .description(MilvusCollections.description(ONE))
                    .collectionSchema(MilvusFields.schema(ONE))
                    .build());
            return ONE;
          });
      VectorIndex index = indexes.openOrCreate(ONE);
      index.upsert(List.of(item(ONE)));
      index.refresh();
      assertThat(index.search(item(ONE).embedding(), 1, SearchFilter.none())).hasSize(1);
    }
  }

  @Test
  void aCollectionThatWasReleasedIsLoadedWhenItIsLookedFor() {
    CollectionNames names = new CollectionNames("released");
    try (MilvusCalls milvus = new MilvusCalls(server.uri());
        VectorIndexes indexes = MilvusIndexes.open(server.uri(), names.prefix())) {
      indexes.openOrCreate(ONE).upsert(List.of(item(ONE)));
      indexes.activate(ONE);
      milvus.call(
          "release",
          client -> {
            client.releaseCollection(
                ReleaseCollectionReq.builder().collectionName(names.collection(ONE)).build());
            return ONE;
          });
      assertThat(indexes.openOrCreate(ONE).find(ItemId.of("a"))).isPresent();
    }
  }
}
