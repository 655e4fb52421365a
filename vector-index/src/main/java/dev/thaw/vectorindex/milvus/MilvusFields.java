package dev.thaw.vectorindex.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndexException;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an item is a row of a collection. */
final class MilvusFields {
  static final String ID = "item_id";
  static final String DOMAIN = "domain";
  static final String COLD = "cold";
  static final String AVAILABLE = "available";
  static final String VECTOR = "vector";
  static final List<String> ALL = List.of(ID, DOMAIN, COLD, AVAILABLE, VECTOR);
  static final List<String> EMBEDDING = List.of(ID, VECTOR);

  /** Longest text in bytes of UTF-8: ids have at most 256 characters. */
  private static final int TEXT_BYTES = 1024;

  private MilvusFields() {}

  static CollectionSchema schema(VectorSpace space) {
    CollectionSchema schema = MilvusClientV2.CreateSchema();
    schema.addField(text(ID).isPrimaryKey(true).autoID(false).build());
    schema.addField(text(DOMAIN).build());
    schema.addField(AddFieldReq.builder().fieldName(COLD).dataType(DataType.Bool).build());
    schema.addField(AddFieldReq.builder().fieldName(AVAILABLE).dataType(DataType.Bool).build());
    schema.addField(
        AddFieldReq.builder()
            .fieldName(VECTOR)
            .dataType(DataType.FloatVector)
            .dimension(space.dimension())
            .build());
    return schema;
  }

  private static AddFieldReq.AddFieldReqBuilder<?> text(String name) {
    return AddFieldReq.builder().fieldName(name).dataType(DataType.VarChar).maxLength(TEXT_BYTES);
  }

  static IndexParam graph(Metric metric) {
    return IndexParam.builder()
        .fieldName(VECTOR)
        .indexName("vector_hnsw")
        .indexType(IndexParam.IndexType.HNSW)
        .metricType(metricType(metric))
        .extraParams(Map.of("M", 16, "efConstruction", 200))
        .build();
  }

  /**
   * What a new collection is indexed by. A trie of the domain, all that servers before 2.4 have,
   * made no filtered search faster.
   */
  static List<IndexParam> indexes(Metric metric, ServerVersion server) {
    return server.hasInvertedIndexes() ? List.of(graph(metric), domains()) : List.of(graph(metric));
  }

  private static IndexParam domains() {
    return IndexParam.builder()
        .fieldName(DOMAIN)
        .indexName("domain_inverted")
        .indexType(IndexParam.IndexType.INVERTED)
        .build();
  }

  static IndexParam.MetricType metricType(Metric metric) {
    return switch (metric) {
      case COSINE -> IndexParam.MetricType.COSINE;
      case INNER_PRODUCT -> IndexParam.MetricType.IP;
    };
  }

  static JsonObject row(IndexedItem item, float[] vector) {
    JsonArray components = new JsonArray(vector.length);
    for (float each : vector) {
      components.add(each);
    }
    JsonObject row = new JsonObject();
    row.addProperty(ID, item.itemId().value());
    row.addProperty(DOMAIN, item.domain().value());
    row.addProperty(COLD, item.cold());
    row.addProperty(AVAILABLE, item.available());
    row.add(VECTOR, components);
    return row;
  }

  static IndexedItem item(Map<String, Object> row, VectorSpace space) {
    return new IndexedItem(
        id(row, space),
        DomainId.of((String) value(row, DOMAIN, space)),
        (Boolean) value(row, COLD, space),
        (Boolean) value(row, AVAILABLE, space),
        embedding(row, space));
  }

  static ItemId id(Map<String, Object> row, VectorSpace space) {
    return ItemId.of((String) value(row, ID, space));
  }

  static Embedding embedding(Map<String, Object> row, VectorSpace space) {
    List<?> components = (List<?>) value(row, VECTOR, space);
    float[] vector = new float[components.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = ((Number) components.get(i)).floatValue();
    }
    return Embedding.copyOf(space, vector);
  }

  private static Object value(Map<String, Object> row, String field, VectorSpace space) {
    @Nullable Object value = row.get(field);
    if (value == null) {
      throw new VectorIndexException("a row of index " + space.key() + " has no " + field);
    }
    return value;
  }
}
