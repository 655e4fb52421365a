package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.serving.eventlog.JournaledEventLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServingMainTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void aHomeThatAnotherServerUsesIsRefusedInOneLine() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("thaw.yaml"),
            """
            version: 1
            home: home
            kafka: {bootstrap_servers: "127.0.0.1:9"}
            """);
    Path journal = folder.resolve("home/journal");
    try (var other = JournaledEventLog.journalOnly(JournaledEventLog.Settings.in(journal))) {
      assertThat(run("--config", config.toString())).isEqualTo(1);
    }
    assertOneLine(journal.toString(), "another server");
  }

  @Test
  void aConfigurationThatCanNotBeUsedIsRefusedInOneLine() throws IOException {
    Path config = Files.writeString(folder.resolve("thaw.yaml"), "version: 1\nserver: {}\n");
    assertThat(run("--config", config.toString())).isEqualTo(1);
    assertOneLine("thaw.yaml:2", "server");
  }

  private void assertOneLine(String... parts) {
    assertThat(err.toString()).startsWith("thaw-serving: ").contains(parts);
    assertThat(err.toString().lines()).hasSize(1);
    err.getBuffer().setLength(0);
  }

  private int run(String... arguments) {
    return ServingMain.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }
}
