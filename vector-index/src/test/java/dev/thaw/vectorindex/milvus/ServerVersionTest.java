package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.Metric;
import io.milvus.v2.common.IndexParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "2.3.5, 2.3.5",
    "v2.3.5-lite, 2.3.5",
    "' v2.4.0-rc.1 ', 2.4.0",
    "2.6-20260101-3f2a, 2.6.0",
    "master-2.5.4, 2.5.4",
    "v3.0, 3.0.0",
    "2.10.11, 2.10.11"
  })
  void readsWhatServersSay(String said, String version) {
    assertThat(ServerVersion.parse(said)).hasToString(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "2", "v", "99999999999.1.1", "master-3f2a1b"})
  void whatSaysNothingIsTakenForTheOldest(String said) {
    assertThat(ServerVersion.parse(said)).isEqualTo(ServerVersion.OLDEST);
  }

  @Test
  void invertedIndexesCameWith24() {
    assertThat(ServerVersion.parse("v2.3.22").hasInvertedIndexes()).isFalse();
    assertThat(ServerVersion.parse("v2.4.0-rc.1").hasInvertedIndexes()).isTrue();
    assertThat(ServerVersion.parse("2.10.0").hasInvertedIndexes()).isTrue();
    assertThat(ServerVersion.parse("3.0.0").hasInvertedIndexes()).isTrue();
  }

  @Test
  void theDomainIsIndexedWhereThatIsPossible() {
    assertThat(MilvusFields.indexes(Metric.COSINE, ServerVersion.parse("2.3.5"))).hasSize(1);
    assertThat(MilvusFields.indexes(Metric.COSINE, ServerVersion.parse("2.4.1")))
        .extracting(IndexParam::getFieldName)
        .containsExactly("vector", "domain");
  }

  @Test
  void olderThan23IsNotKnown() {
    assertThat(ServerVersion.parse("2.2.16").isKnown()).isFalse();
    assertThat(ServerVersion.parse("1.1.0").isKnown()).isFalse();
    assertThat(ServerVersion.parse("2.3.0").isKnown()).isTrue();
  }
}
