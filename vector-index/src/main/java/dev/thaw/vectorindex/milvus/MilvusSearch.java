package dev.thaw.vectorindex.milvus;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Searches of one collection. Where the server shows two rows of one key, the nearer one counts;
 * then there may be fewer than k hits.
 *
 * <p>Up to {@value #EXCLUDED_IN_FILTER} excluded items go into the filter. A larger set is never
 * sent: more than k are asked for, four times as many each time, and the excluded ones are dropped
 * here. Where {@value #MOST_HITS}, the most Milvus gives, are not enough, those already met are
 * filtered out and the next ones asked for; that costs one such search for every {@value
 * #MOST_HITS} excluded items that are nearer than the k wanted ones.
 */
final class MilvusSearch {
  private static final int EXCLUDED_IN_FILTER = 1_000;
  private static final int MOST_HITS = 16_384;
  private static final int BREADTH = 128;
  private static final int MOST_BREADTH = 32_768;

  private final VectorSpace space;
  private final String collection;
  private final MilvusCalls milvus;

  MilvusSearch(VectorSpace space, String collection, MilvusCalls milvus) {
    this.space = space;
    this.collection = collection;
    this.milvus = milvus;
  }

  /**
   * @param rows that the server gave
   * @param items of these, each once, nearest first
   */
  record Hits(int rows, List<Neighbour> items) {
    /**
     * @param rows nearest first
     */
    static Hits of(List<Neighbour> rows) {
      Map<ItemId, Neighbour> nearest = new LinkedHashMap<>();
      rows.forEach(row -> nearest.putIfAbsent(row.itemId(), row));
      return new Hits(rows.size(), List.copyOf(nearest.values()));
    }
  }

  /** The k nearest that pass, nearest first. */
  List<Neighbour> nearest(float[] query, int k, SearchFilter filter) {
    String flags = FilterText.flags(filter);
    Set<ItemId> excluded = filter.excluded();
    if (excluded.size() <= EXCLUDED_IN_FILTER) {
      return hits(query, k, FilterText.without(flags, excluded)).items();
    }
    List<Neighbour> found = new ArrayList<>();
    Set<ItemId> met = new HashSet<>();
    int width = Math.min(MOST_HITS, 4 * k);
    while (true) {
      Hits hits = hits(query, width, FilterText.without(flags, met));
      List<Neighbour> kept =
          hits.items().stream().filter(each -> !excluded.contains(each.itemId())).toList();
      boolean enough = found.size() + kept.size() >= k || hits.rows() < width;
      if (enough || width == MOST_HITS) {
        found.addAll(kept);
        hits.items().forEach(each -> met.add(each.itemId()));
      }
      if (enough) {
        return List.copyOf(found.subList(0, Math.min(k, found.size())));
      }
      width = Math.min(MOST_HITS, 4 * width);
    }
  }

  private Hits hits(float[] query, int k, String filter) {
    int breadth = Math.min(MOST_BREADTH, Math.max(BREADTH, k + k / 4));
    SearchResp answer =
        milvus.search(
            "search " + space.key(),
            client ->
                client.search(
                    SearchReq.builder()
                        .collectionName(collection)
                        .annsField(MilvusFields.VECTOR)
                        .metricType(MilvusFields.metricType(space.metric()))
                        .data(List.of(new FloatVec(query)))
                        .topK(k)
                        .filter(filter)
                        .searchParams(Map.of("ef", breadth))
                        .outputFields(List.of(MilvusFields.ID))
                        .consistencyLevel(ConsistencyLevel.BOUNDED)
                        .build()));
    return Hits.of(
        answer.getSearchResults().stream()
            .flatMap(List::stream)
            .map(hit -> new Neighbour(ItemId.of(String.valueOf(hit.getId())), hit.getScore()))
            .toList());
  }
}
