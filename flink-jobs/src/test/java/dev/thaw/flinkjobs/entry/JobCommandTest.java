package dev.thaw.flinkjobs.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestFolder;
import dev.thaw.flinkjobs.trainfactors.TrainFactors;
import dev.thaw.flinkjobs.training.TrainingRun;
import dev.thaw.models.artefact.ArtefactKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private interface Call {
    int run();
  }

  private static Ended ended(Call call) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int code = call.run();
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Ended factors(String... arguments) {
    return ended(() -> JobCommand.run(TrainFactors.NAME, TrainingJobs::factors, arguments));
  }

  private Ended features(String... arguments) {
    return ended(
        () -> JobCommand.runViews("user-features", StreamingJobs::userFeatures, arguments));
  }

  private String config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("thaw.yaml"), "version: 1\n" + yaml).toString();
  }

  @Test
  void everyJobHelps() {
    for (Job job : StreamingJobs.all()) {
      Ended ended = ended(() -> JobCommand.run(job, new String[] {"--help"}));
      assertThat(ended.code).isZero();
      assertThat(ended.out).contains("Usage: " + job.name(), "--config=FILE", "Exit codes:");
    }
    assertThat(features("--help").out)
        .contains("Usage: user-features", "--views=VIEW", "--without=VIEW", "--config=FILE");
    assertThat(factors("--help").out).contains("Usage: train-factors", "--run", "--data=DIR");
  }

  @Test
  void aMissingOptionOrFileIsTheCallersFault() {
    assertThat(factors("--run", "r").code).isEqualTo(2);
    Ended ended = factors("--run", "r", "--config", folder.resolve("none.yaml").toString());
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.err).contains("none.yaml");
  }

  @Test
  void aBadKeyIsNamedWithFileAndLine() throws IOException {
    Ended ended = factors("--run", "r", "--config", config("kafak: {partitions: 2}\n"));
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.err).contains("thaw.yaml", "kafak");
  }

  @Test
  void viewsAreChosenOneWay() {
    Ended ended = features("--config", "none.yaml", "--views", "a,b", "--without", "c");
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.err).contains("must not be given together, were [a, b] and [c]");
  }

  @Test
  void topicsNeedABroker() throws IOException {
    Ended ended = factors("--run", "r", "--config", config("home: data\n"));
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.err)
        .contains("kafka.bootstrap_servers must name a broker, was \"embedded\"")
        .doesNotContain("\tat ");
    Ended segments =
        ended(
            () ->
                JobCommand.run(
                    "train-segments",
                    TrainingJobs::segments,
                    new String[] {
                      "--run", "r", "--config", folder + "/thaw.yaml", "--data", folder.toString()
                    }));
    assertThat(segments.code).isEqualTo(2);
    assertThat(segments.err).contains("as train-segments writes to thaw.user-segments");
  }

  @Test
  void aTrainingReadsADataFolderWithoutABroker() throws IOException {
    TestFolder.write(folder.resolve("data"));
    String file = config("home: home\njobs: {parameters: {train-factors.rank: \"4\"}}\n");
    Ended ended =
        factors("--config", file, "--run", "first", "--data", folder.resolve("data").toString());
    assertThat(ended.err).as(ended.err).isEmpty();
    assertThat(ended.code).isZero();
    ThawConfig config = ThawConfig.load(Path.of(file), Map.of());
    TrainingRun run = TrainingRun.open(config.artefacts(), "first");
    assertThat(List.of(TestEvents.MOVIES, TestEvents.BOOKS))
        .allSatisfy(
            domain -> assertThat(run.find(ArtefactKind.FACTORS, domain.value())).isPresent());
  }

  @Test
  void aJobThatFailsSaysWhy() throws IOException {
    Ended ended =
        factors("--config", config("home: home\n"), "--run", "r", "--data", folder.toString());
    assertThat(ended.code).isEqualTo(1);
    assertThat(ended.err).contains("no file or folder", "events.jsonl");
  }
}
