package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import org.junit.jupiter.api.Test;

class ServerTuningTest {
  @Test
  void moreItemsAreScoredInMemoryWhereASearchGoesOverTheNetwork() {
    assertThat(scoredWhole("milvus", "http://localhost:19530"))
        .isGreaterThan(scoredWhole("lucene", "index"))
        .isGreaterThan(scoredWhole("exact", "index"));
    assertThat(scoredWhole("lucene", "index")).isEqualTo(ServerTuning.defaults().scoredWhole());
  }

  private static int scoredWhole(String type, String location) {
    return ServerTuning.of(new ThawConfig.Index(type, location)).scoredWhole();
  }
}
