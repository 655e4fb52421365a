package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.Neighbour;
import java.util.List;
import org.junit.jupiter.api.Test;

class MilvusSearchTest {
  private static final Neighbour NEAR = new Neighbour(ItemId.of("a"), 0.9f);
  private static final Neighbour OTHER = new Neighbour(ItemId.of("b"), 0.5f);
  private static final Neighbour STALE = new Neighbour(ItemId.of("a"), 0.1f);

  @Test
  void ofTwoRowsOfAnItemTheNearerCountsAndTheSearchKnowsThatThereMayBeMore() {
    MilvusSearch.Hits hits = MilvusSearch.Hits.of(List.of(NEAR, OTHER, STALE));
    assertThat(hits.items()).containsExactly(NEAR, OTHER);
    assertThat(hits.rows()).isEqualTo(3);
  }
}
