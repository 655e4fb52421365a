package dev.thaw.vectorindex.milvus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.VectorIndexException;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.index.request.ListIndexesReq;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Collections of versions: each says in its description, as JSON, which space it holds. */
final class MilvusCollections {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LOAD_MILLIS = 120_000;

  private record Version(VectorSpace space, long created) {}

  private final MilvusCalls milvus;
  private final CollectionNames names;
  private final Map<String, Version> known = new ConcurrentHashMap<>();

  MilvusCollections(MilvusCalls milvus, CollectionNames names) {
    this.milvus = milvus;
    this.names = names;
  }

  /**
   * The space of a collection or of what an alias points to, asked anew.
   *
   * @throws VectorIndexException if the collection was not made by {@link #create}
   */
  Optional<VectorSpace> read(String collectionOrAlias) {
    return exists(collectionOrAlias)
        ? Optional.of(describe(collectionOrAlias).space())
        : Optional.empty();
  }

  private boolean exists(String collectionOrAlias) {
    return milvus.call(
        "look for " + collectionOrAlias,
        client ->
            client.hasCollection(
                HasCollectionReq.builder().collectionName(collectionOrAlias).build()));
  }

  /** Versions of a space, oldest first; one call if none is new. */
  List<VectorSpace> versions(String spaceName) {
    String start = names.allOf(spaceName);
    List<String> there =
        milvus
            .call("list collections", client -> client.listCollections())
            .getCollectionNames()
            .stream()
            .filter(each -> each.startsWith(start))
            .toList();
    known.keySet().removeIf(each -> each.startsWith(start) && !there.contains(each));
    return there.stream()
        .map(each -> known.computeIfAbsent(each, this::describe))
        .sorted(Comparator.comparingLong(Version::created))
        .map(Version::space)
        .toList();
  }

  private Version describe(String collection) {
    DescribeCollectionResp answer =
        milvus.call(
            "describe " + collection,
            client ->
                client.describeCollection(
                    DescribeCollectionReq.builder().collectionName(collection).build()));
    try {
      JsonNode json = JSON.readTree(answer.getDescription());
      VectorSpace space =
          new VectorSpace(
              json.path("space").asText(),
              json.path("version").asText(),
              json.path("dimension").asInt(),
              Metric.valueOf(json.path("metric").asText()));
      return new Version(space, answer.getCreateTime());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new VectorIndexException(
          "collection "
              + collection
              + " does not say which space it holds, its description is \""
              + answer.getDescription()
              + '"',
          e);
    }
  }

  static String description(VectorSpace space) {
    ObjectNode description = JSON.createObjectNode();
    description.put("space", space.name());
    description.put("version", space.modelVersion());
    description.put("dimension", space.dimension());
    description.put("metric", space.metric().name());
    return description.toString();
  }

  /** Makes the collection with its index and loads it. */
  void create(String collection, VectorSpace space) {
    known.remove(collection);
    milvus.call(
        "create " + collection,
        client -> {
          client.createCollection(
              CreateCollectionReq.builder()
                  .collectionName(collection)
                  .description(description(space))
                  .collectionSchema(MilvusFields.schema(space))
                  .consistencyLevel(ConsistencyLevel.BOUNDED)
                  .build());
          return collection;
        });
    load(collection);
  }

  /** Makes the index where it is missing, as after a fault while it was made, and loads. */
  void load(String collection) {
    Metric metric = describe(collection).space().metric();
    ServerVersion server = milvus.version();
    milvus.call(
        "load " + collection,
        client -> {
          boolean indexed =
              !client
                  .listIndexes(ListIndexesReq.builder().collectionName(collection).build())
                  .isEmpty();
          if (!indexed) {
            client.createIndex(
                CreateIndexReq.builder()
                    .collectionName(collection)
                    .indexParams(MilvusFields.indexes(metric, server))
                    .build());
          }
          client.loadCollection(
              LoadCollectionReq.builder().collectionName(collection).timeout(LOAD_MILLIS).build());
          return collection;
        });
  }

  void drop(String collection) {
    known.remove(collection);
    if (exists(collection)) {
      milvus.call(
          "drop " + collection,
          client -> {
            client.dropCollection(DropCollectionReq.builder().collectionName(collection).build());
            return collection;
          });
    }
  }
}
