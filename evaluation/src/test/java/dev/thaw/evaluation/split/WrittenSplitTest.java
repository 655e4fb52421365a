package dev.thaw.evaluation.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.PlantedExperiment;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.report.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenSplitTest {
  @TempDir Path folder;

  private Experiment writtenAndRead(Experiment experiment) throws IOException {
    SplitWriter.write(experiment, folder);
    return new SplitFolder(folder, Map.of(), Map.of(), List.of()).read();
  }

  private static Figures figures(Experiment experiment) {
    return new Evaluation(List.of(0, 1, 3), 2, 7).run(experiment, null, (part, done, of) -> {});
  }

  private static Experiment cutAt(Experiment experiment, long before) {
    return new Experiment(
        experiment.target(),
        experiment.scale(),
        experiment.training().before(before),
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        "cut",
        before,
        7);
  }

  private void plant(String file, String row) throws IOException {
    Files.writeString(folder.resolve(file), row + "\n", StandardOpenOption.APPEND);
  }

  @Test
  void aWrittenSplitReadBackHasTheSameFigures() throws IOException {
    Experiment experiment = PlantedExperiment.of(90, 2, "books");
    assertThat(figures(writtenAndRead(experiment))).isEqualTo(figures(experiment));
  }

  @Test
  void aSupportThatTheSplitFixesStaysAsItIs() throws IOException {
    Experiment planted = PlantedExperiment.of(90, 1);
    Experiment fixed =
        planted.within(
            planted.training(),
            planted.test().stream()
                .map(user -> new HeldOutUser(user.user(), user.inOrder(), 3))
                .toList(),
            "fixed");
    Experiment read = writtenAndRead(fixed);
    assertThat(read.test()).isEqualTo(fixed.test());
    assertThat(read.training().dataHash()).isEqualTo(fixed.training().dataHash());
  }

  @Test
  void theQueryGoesOnFromTheRankOfTheSupport() throws IOException {
    writtenAndRead(PlantedExperiment.of(60, 1));
    assertThat(Files.readAllLines(folder.resolve("support.tsv")))
        .startsWith("user\titem\trating\ttime_ms\trank")
        .element(1)
        .asString()
        .matches("u030\tm-\\d-\\d+\t[1-5]\\.0\t\\d+\t1");
  }

  @Test
  void aTestUsersRatingPlantedInTheTrainingDataIsCaughtWhereItStands() throws IOException {
    writtenAndRead(PlantedExperiment.of(60, 1));
    int lines = Files.readAllLines(folder.resolve("train.tsv")).size();
    plant("train.tsv", "u059\tm-1-1\t5.0\t1");
    assertThatThrownBy(() -> new SplitFolder(folder, Map.of(), Map.of(), List.of()).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("train.tsv:" + (lines + 1) + ": user u059 is held out")
        .hasMessageContaining("item m-1-1");
  }

  @Test
  void aFutureEventPlantedInTheTrainingDataIsCaughtWhereItStands() throws IOException {
    Experiment read = writtenAndRead(cutAt(PlantedExperiment.of(60, 1), 5));
    assertThat(read.pairs()).isEqualTo(7);
    plant("train.tsv", "u001\tm-1-1\t5.0\t5");
    assertThatThrownBy(() -> new SplitFolder(folder, Map.of(), Map.of(), List.of()).read())
        .hasMessageMatching(
            "(?s).*train.tsv:\\d+: user u001 with item m-1-1 is not before the cut-off"
                + " 1970-01-01T00:00:00.005Z, time_ms was \"5\".*");
  }

  @Test
  void anEventWithoutATimeIsNotBeforeAnything() throws IOException {
    writtenAndRead(cutAt(PlantedExperiment.of(60, 1), 5));
    plant("train.tsv", "u001\tm-1-1\t5.0\t");
    assertThatThrownBy(() -> new SplitFolder(folder, Map.of(), Map.of(), List.of()).read())
        .hasMessageContaining("time_ms was \"\"");
  }

  @Test
  void aRankThatIsThereTwiceIsRefused() throws IOException {
    writtenAndRead(PlantedExperiment.of(60, 1));
    plant("support.tsv", "u059\tm-1-1\t5.0\t1\t1");
    assertThatThrownBy(() -> new SplitFolder(folder, Map.of(), Map.of(), List.of()).read())
        .hasMessageContaining("user u059 has rank 1 twice");
  }
}
