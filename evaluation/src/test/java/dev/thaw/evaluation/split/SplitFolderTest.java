package dev.thaw.evaluation.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitFolderTest {
  @TempDir Path folder;

  private Experiment read() throws IOException {
    return new SplitFolder(folder, Map.of(), Map.of(), List.of()).read();
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  @Test
  void coldTargetUsersKeepTheirSourceHistory() throws IOException {
    write("train_source.tsv", "user\titem\trating", "a\tb1\t5", "b\tb2\t3");
    write("train_target.tsv", "user\titem\trating", "b\tm1\t4");
    write("test_cold_target.tsv", "user\titem\trating", "a\tm1\t2", "a\tm2\t5");
    Experiment experiment = read();
    assertThat(experiment.test()).hasSize(1);
    assertThat(experiment.test().get(0).support()).isZero();
    assertThat(experiment.training().items().size()).isEqualTo(2);
    assertThat(experiment.sources().get(new DomainId("source")).interactions().size()).isEqualTo(2);
  }

  @Test
  void positivesStandInTheOrderOfTheirRank() throws IOException {
    write("train_all_ratings.tsv", "user\titem\trating\tts", "b\tm1\t4\t10");
    write(
        "cold_positives_in_time_order.tsv",
        "user\titem\trating\tts\trank",
        "a\tm2\t5\t20\t1",
        "a\tm1\t4\t10\t0");
    assertThat(read().test().get(0).inOrder())
        .extracting(entry -> entry.item().value())
        .containsExactly("m1", "m2");
  }

  @Test
  void supportComesBeforeQuery() throws IOException {
    write("meta_training.tsv", "user\titem\trating\tpart", "b\tm1\t4\tsupport");
    write(
        "user_cold_testing.tsv",
        "user\titem\trating\tpart",
        "a\tm2\t5\tquery",
        "a\tm1\t4\tsupport");
    Experiment experiment = read();
    assertThat(experiment.test().get(0).support()).isEqualTo(1);
    assertThat(experiment.test().get(0).query(1))
        .extracting(entry -> entry.item().value())
        .containsExactly("m2");
  }

  @Test
  void badRowsAreNamedByFileAndLine() throws IOException {
    write("train_source.tsv", "user\titem\trating", "a\tb1\tfive");
    write("train_target.tsv", "user\titem\trating");
    write("test_cold_target.tsv", "user\titem\trating", "a\tm1\t2");
    assertThatThrownBy(this::read)
        .hasMessageContaining("train_source.tsv:2")
        .hasMessageContaining("\"five\"");
  }

  @Test
  void aFolderWithoutASplitIsRefused() {
    assertThatThrownBy(this::read).hasMessageContaining("holds no split");
  }
}
