package dev.thaw.vectorindex.milvus;

import com.google.gson.JsonObject;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.KeptVectors;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import io.milvus.orm.iterator.QueryIterator;
import io.milvus.response.QueryResultsWrapper.RowRecord;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.QueryIteratorReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.response.QueryResp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One version in one collection. Writes are durable when the call returns (Milvus logs them).
 *
 * <p>Consistency: searches are BOUNDED, they don't wait for the newest writes, which the server
 * shows within about 200 ms, nor do {@link #get} and {@link #getAll}; {@link #find}, {@link #size}
 * and {@link #refresh} read STRONGly, which waits for them, and after that every search sees what
 * was written before. (SESSION would wait for writes of this client only, but server 2.3 leaves
 * deletes out.)
 */
final class MilvusIndex implements VectorIndex {
  private static final int BATCH = 1_000;

  /** Vectors read in one call that somebody waits for. */
  private static final int QUICK_BATCH = 250;

  private static final long FLUSH_MILLIS = 120_000;

  private final VectorSpace space;
  private final String collection;
  private final MilvusCalls milvus;
  private final KeptVectors vectors;
  private final MilvusSearch search;

  MilvusIndex(VectorSpace space, String collection, MilvusCalls milvus) {
    this.space = space;
    this.collection = collection;
    this.milvus = milvus;
    this.vectors = new KeptVectors(space);
    this.search = new MilvusSearch(space, collection, milvus);
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public void upsert(Collection<IndexedItem> items) {
    Map<ItemId, JsonObject> rows = new LinkedHashMap<>(); // equal keys in one call would both stay
    items.forEach(item -> rows.put(item.itemId(), MilvusFields.row(item, vectors.of(item))));
    for (List<JsonObject> batch : batches(rows.values(), BATCH)) {
      milvus.call(
          "upsert into " + space.key(),
          client ->
              client.upsert(UpsertReq.builder().collectionName(collection).data(batch).build()));
    }
  }

  @Override
  public void delete(Collection<ItemId> items) {
    for (List<ItemId> batch : batches(items, BATCH)) {
      milvus.call(
          "delete from " + space.key(),
          client ->
              client.delete(
                  DeleteReq.builder()
                      .collectionName(collection)
                      .filter(FilterText.oneOf(batch))
                      .build()));
    }
  }

  private static <T> List<List<T>> batches(Collection<T> all, int size) {
    List<T> list = new ArrayList<>(all);
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      batches.add(list.subList(from, Math.min(list.size(), from + size)));
    }
    return batches;
  }

  @Override
  public List<Neighbour> search(Embedding query, int k, SearchFilter filter) {
    return search.nearest(vectors.ofQuery(query, k), k, filter);
  }

  @Override
  public Optional<IndexedItem> find(ItemId item) {
    return Optional.ofNullable(findAll(List.of(item)).get(item));
  }

  @Override
  public Map<ItemId, IndexedItem> findAll(Collection<ItemId> items) {
    Map<ItemId, IndexedItem> found = new HashMap<>();
    for (List<ItemId> batch : batches(items, BATCH)) {
      QueryReq some = query(FilterText.oneOf(batch), MilvusFields.ALL, ConsistencyLevel.STRONG);
      milvus
          .call("read from " + space.key(), client -> client.query(some))
          .getQueryResults()
          .forEach(
              row -> {
                IndexedItem item = MilvusFields.item(row.getEntity(), space);
                found.put(item.itemId(), item);
              });
    }
    return found;
  }

  @Override
  public Optional<Embedding> get(ItemId item) {
    return Optional.ofNullable(getAll(List.of(item)).get(item));
  }

  @Override
  public Map<ItemId, Embedding> getAll(Collection<ItemId> items) {
    Map<ItemId, Embedding> found = new HashMap<>();
    for (List<ItemId> batch : batches(items, QUICK_BATCH)) {
      QueryReq some =
          query(FilterText.oneOf(batch), MilvusFields.EMBEDDING, ConsistencyLevel.BOUNDED);
      milvus
          .search("read from " + space.key(), client -> client.query(some))
          .getQueryResults()
          .forEach(
              row ->
                  found.put(
                      MilvusFields.id(row.getEntity(), space),
                      MilvusFields.embedding(row.getEntity(), space)));
    }
    return found;
  }

  @Override
  public void forEach(Consumer<IndexedItem> visitor) {
    refresh(); // the iterator itself never waits for newer writes, whatever it is asked for
    milvus.call(
        "read all of " + space.key(),
        client -> {
          QueryIterator rows =
              client.queryIterator(
                  QueryIteratorReq.builder()
                      .collectionName(collection)
                      .expr("")
                      .outputFields(MilvusFields.ALL)
                      .batchSize(BATCH)
                      .consistencyLevel(ConsistencyLevel.BOUNDED)
                      .build());
          try {
            visit(rows, visitor);
          } finally {
            rows.close();
          }
          return space;
        });
  }

  private void visit(QueryIterator rows, Consumer<IndexedItem> visitor) {
    List<RowRecord> batch = rows.next();
    while (!batch.isEmpty()) {
      batch.forEach(row -> visitor.accept(MilvusFields.item(row.getFieldValues(), space)));
      batch = rows.next();
    }
  }

  @Override
  public void refresh() {
    size();
  }

  /** Seals the newest segment, so that Milvus builds its graph. */
  @Override
  public void compact() {
    milvus.call(
        "flush " + space.key(),
        client -> {
          client.flush(
              FlushReq.builder()
                  .collectionNames(List.of(collection))
                  .waitFlushedTimeoutMs(FLUSH_MILLIS)
                  .build());
          return space;
        });
    refresh();
  }

  @Override
  public long size() {
    QueryReq all = query("", List.of("count(*)"), ConsistencyLevel.STRONG);
    QueryResp counted = milvus.call("count " + space.key(), client -> client.query(all));
    return counted.getQueryResults().stream()
        .map(row -> row.getEntity().get("count(*)"))
        .mapToLong(count -> ((Number) count).longValue())
        .sum();
  }

  private QueryReq query(String filter, List<String> fields, ConsistencyLevel consistency) {
    return QueryReq.builder()
        .collectionName(collection)
        .filter(filter)
        .outputFields(fields)
        .consistencyLevel(consistency)
        .build();
  }
}
