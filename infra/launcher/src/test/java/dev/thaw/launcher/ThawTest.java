package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.serving.eventlog.JournaledEventLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ThawTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("import").contains("lines were rejected");
    for (String command : new CommandLine(new Thaw()).getSubcommands().keySet()) {
      assertThat(run(command, "--help")).as(command).isZero();
    }
  }

  @Test
  void anUnknownOptionFormatOrTakenFolderIsAUsageError() throws IOException {
    assertThat(run("import", "amazon", "--colour", "red")).isEqualTo(2);
    assertThat(run("import", "netflix", "--from", folder.toString(), "--to", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("movielens-100k");
    Files.writeString(folder.resolve("file"), "taken");
    assertThat(run("import", "amazon", "--from", folder.toString(), "--to", folder.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--overwrite");
  }

  @Test
  void aMissingFileFailsWithItsNameAndWithoutAStackTrace() {
    Path to = folder.resolve("to");
    assertThat(run("import", "movielens-1m", "--from", folder.toString(), "--to", to.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("movies.dat").doesNotContain("\tat ");
  }

  @Test
  void aRunThatCannotBeginSaysWhyInOneLine() throws IOException {
    Path missing = folder.resolve("missing");
    assertThat(run("run", "--once", "--data", missing.toString())).isEqualTo(2);
    assertOneLine(missing.toString());

    Path file = Files.writeString(folder.resolve("file"), "taken");
    assertThat(run("run", "--once", "--data", folder.toString(), "--home", file.toString()))
        .isEqualTo(1);
    assertOneLine(file.toString());

    Path config = Files.writeString(folder.resolve("thaw.yaml"), "version: 1\nserver: {}\n");
    assertThat(run("demo", "--once", "--config", config.toString())).isEqualTo(2);
    assertOneLine("thaw.yaml:2", "server");
  }

  @Test
  void aHomeThatAnotherServerUsesIsRefusedInOneLine() throws IOException {
    Path journal = folder.resolve("home/journal");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        var other = JournaledEventLog.journalOnly(JournaledEventLog.Settings.in(journal))) {
      Path file =
          Files.writeString(
              folder.resolve("thaw.yaml"),
              "version: 1\nhome: home\nkafka: {bootstrap_servers: \"%s\"}\n"
                  .formatted(kafka.bootstrapServers()));
      KafkaConfig config = ThawConfig.load(file, Map.of()).kafka();
      TopicSettings.create(admin, config.topics(), config.partitions());
      assertThat(run("serve", "--config", file.toString())).isEqualTo(1);
      assertOneLine("another server", journal.toString());
    }
  }

  @Test
  void aFeatureServerWithoutItsRegistrySaysSoInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("thaw.yaml"), "version: 1\nhome: home\n");
    Path missing = folder.resolve("registry.db");
    assertThat(run("feature-server", "--config", file.toString(), "--registry", missing.toString()))
        .isEqualTo(1);
    assertOneLine("registry", missing.toString());
  }

  private void assertOneLine(String... parts) {
    String said = err.toString();
    assertThat(said).startsWith("thaw: ").contains(parts);
    assertThat(said.lines()).hasSize(1);
    err.getBuffer().setLength(0);
  }

  @Test
  void rejectedLinesAreCountedInTheExitCode() throws IOException {
    Files.write(folder.resolve("ratings.tsv"), List.of("ann\tlamp\t5", "ann\tlamp\tmany"));
    Path to = folder.resolve("to");
    int code =
        run(
            "import",
            "columns",
            "--from",
            folder.toString(),
            "--to",
            to.toString(),
            "--events",
            "ratings.tsv",
            "--event-columns",
            "user=1,item=2,value=3",
            "--no-header",
            "--domain",
            "shop");
    assertThat(code).isEqualTo(3);
    assertThat(out.toString()).contains("1 items, 1 users, 1 events").contains("rejected.jsonl");
  }

  @Test
  void aFolderWithoutEventsFailsWithTheNameOfTheEmptyFile() throws IOException {
    Files.copy(Path.of("../../feature-definitions/domains.yaml"), folder.resolve("domains.yaml"));
    Files.writeString(
        folder.resolve("items.jsonl"), "{\"item_id\":\"m1\",\"domain\":\"movies\"}\n");
    Path events = Files.createFile(folder.resolve("events.jsonl"));
    int code = run("evaluate", "--data", folder.toString(), "--encoder", "none");
    assertThat(code).isEqualTo(1);
    assertOneLine(folder + " holds no usable event", events + ":0: record: is empty");
  }

  @Test
  void oneQuestionIsNone() {
    assertThat(run("evaluate", "--data", folder.toString(), "--questions", "1")).isEqualTo(2);
    assertOneLine("--questions must be 0 or at least 2, was 1");
  }

  @Test
  void aHomeBesideAConfigurationOfAnotherIsAUsageErrorAndSoIsAFolderWithoutDomains()
      throws IOException {
    Path config =
        Files.writeString(folder.resolve("thaw.yaml"), "version: 1\nhome: " + folder + "/a\n");
    String other = folder.resolve("b").toString();
    String data = folder.toString();
    assertThat(run("run", "--config", config.toString(), "--home", other, "--data", data))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--home must be").contains("/a").contains(other);
    assertThat(run("run", "--home", other, "--data", data)).isEqualTo(2);
    assertThat(err.toString()).contains("domains.yaml");
  }

  @Test
  void benchListsWhatThereIsAndRefusesOtherNamesAndSizes() {
    assertThat(run("bench", "--list")).isZero();
    assertThat(out.toString()).contains("recommendations", "events");
    assertThat(run("bench", "--only", "moonshine")).isEqualTo(2);
    assertThat(err.toString()).contains("moonshine").contains("recommendations");
    assertThat(run("bench", "--only", "events", "--items", "5")).isEqualTo(2);
    assertThat(err.toString()).contains("items must be in [1000, 10000000], was 5");
  }

  @Test
  void benchSaysWhatItLeavesOutWithoutAFolderAndFailsNothing() throws IOException {
    Path json = folder.resolve("figures.json");
    assertThat(run("bench", "--only", "gorse", "--strict", "--json", json.toString())).isZero();
    assertThat(out.toString()).contains("left out").contains("--data");
    assertThat(Files.readString(json)).contains("left_out").contains("gorse");
    String missing = folder.resolve("missing").toString();
    assertThat(run("bench", "--only", "gorse", "--data", missing)).isEqualTo(1);
    assertThat(out.toString()).contains(missing + " is not a data folder");
  }

  private int run(String... args) {
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
