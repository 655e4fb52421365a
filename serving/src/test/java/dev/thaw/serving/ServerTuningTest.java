package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTuningTest {
  private static final String MILVUS = "{type: milvus, location: \"http://localhost:19530\"}";

  @TempDir Path folder;

  @Test
  void moreItemsAreScoredInMemoryWhereASearchGoesOverTheNetwork() throws IOException {
    assertThat(scoredWhole(MILVUS, "auto"))
        .isGreaterThan(scoredWhole("{type: lucene}", "auto"))
        .isGreaterThan(scoredWhole("{type: exact}", "auto"));
    assertThat(scoredWhole("{type: lucene}", "auto"))
        .isEqualTo(ServerTuning.defaults().scoredWhole());
  }

  @Test
  void anOperatorsNumberCounts() throws IOException {
    assertThat(scoredWhole(MILVUS, "0")).isZero();
    assertThat(scoredWhole("{type: lucene}", "70000")).isEqualTo(70_000);
  }

  private int scoredWhole(String index, String number) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("thaw.yaml"),
            "version: 1\nindex: " + index + "\nserving: {scored_whole: " + number + "}\n");
    return ServerTuning.of(ThawConfig.load(file, Map.of())).scoredWhole();
  }
}
