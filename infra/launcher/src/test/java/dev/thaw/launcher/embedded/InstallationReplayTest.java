package dev.thaw.launcher.embedded;

import static dev.thaw.launcher.embedded.TinyWorld.post;
import static dev.thaw.launcher.embedded.TinyWorld.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that wrote rows after their last checkpoint, and do it all over again when they go on from
 * it: the store must end as one that was never interrupted, to the byte and to the event time.
 */
class InstallationReplayTest {
  private static final Instant END = Instant.parse("2026-03-05T12:00:00Z");

  /** One has one order, and so the late record is late in each run. */
  private static final int PARTITIONS = 1;

  private static final Duration OFTEN = Duration.ofMillis(500);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> LATER =
      List.of(
          purchase("third", "phone", 5, "2026-03-05T11:00:00Z"),
          purchase("late", "phone", 3, "2026-03-05T09:30:00Z"),
          purchase("third", "phone", 5, "2026-03-05T11:00:00Z"),
          purchase("fourth", "tv", 7, "2026-03-05T11:30:00Z"));
  private static final List<String> LAST =
      List.of(purchase("fifth", "tv", 1, "2026-03-05T11:40:00Z"));

  @TempDir Path interrupted;
  @TempDir Path through;

  @Test
  void whatIsReadAgainAfterTheLastCheckpointChangesNothing() throws Exception {
    ThawConfig reference = load(through);
    try (Installation thaw = new Installation(reference, Progress.silent())) {
      URI events = serve(thaw);
      postAll(events, LATER);
      awaitSpent(reference, 42);
      postAll(events, LAST);
      awaitSpent(reference, 43);
    }

    ThawConfig config = load(interrupted);
    Set<String> before = checkpoints(config);
    ThawConfig without = config.withJobs(config.jobs().withCheckpointInterval(NEVER));
    try (Installation thaw = new Installation(without, Progress.silent())) {
      postAll(serve(thaw), LATER);
      awaitSpent(config, 42);
    }
    assertThat(checkpoints(config)).as("no job got further").isEqualTo(before).hasSize(6);
    try (Installation thaw = new Installation(config, Progress.silent())) {
      postAll(serve(thaw), LAST);
      awaitSpent(config, 43);
      awaitSame(config, reference);
    }
    assertThat(rows(config)).hasSizeGreaterThan(20);
  }

  private static ThawConfig load(Path home) throws IOException {
    DataFolder folder =
        TinyWorld.folder(
            home,
            purchase("first", "phone", 10, "2026-03-04T00:00:00Z"),
            purchase("second", "desktop", 20, "2026-03-05T10:00:00Z"));
    ThawConfig tiny = TinyWorld.config(home, folder);
    KafkaConfig kafka = tiny.kafka();
    ThawConfig config =
        tiny.withKafka(new KafkaConfig(kafka.bootstrapServers(), kafka.topicPrefix(), PARTITIONS))
            .withJobs(tiny.jobs().withCheckpointInterval(OFTEN));
    try (Installation thaw = new Installation(config, Progress.silent())) {
      thaw.load(folder, END, TinyWorld.nobody());
      thaw.checkpoint();
    }
    return config;
  }

  private static URI serve(Installation thaw) {
    thaw.keepTime(() -> END);
    return thaw.serve(() -> END).resolve("/v1/events");
  }

  private static void postAll(URI uri, List<String> events)
      throws IOException, InterruptedException {
    for (String event : events) {
      post(uri, event);
    }
  }

  /** Looks for the amount as the little-endian bytes that a double is in Feast's value. */
  private static void awaitSpent(ThawConfig config, double amount) throws SQLException {
    String value = "%016X".formatted(Long.reverseBytes(Double.doubleToLongBits(amount)));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!spent(config).contains(value) && System.nanoTime() < until) {
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(spent(config)).as("%s spent", amount).contains(value);
  }

  private static String spent(ThawConfig config) throws SQLException {
    return rows(config).stream()
        .filter(row -> row.contains(" spend_30d "))
        .collect(Collectors.joining());
  }

  private static void awaitSame(ThawConfig config, ThawConfig reference) throws SQLException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!rows(config).equals(rows(reference)) && System.nanoTime() < until) {
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(rows(config)).isEqualTo(rows(reference));
  }

  /** All rows of all views, without the moment of their writing. */
  private static Set<String> rows(ThawConfig config) throws SQLException {
    Set<String> rows = new TreeSet<>();
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + config.store().location());
        Statement statement = database.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet found =
            statement.executeQuery(
                "SELECT hex(entity_key) || ' ' || feature_name || ' ' || hex(value) || ' ' ||"
                    + " event_ts FROM \""
                    + table
                    + "\"")) {
          while (found.next()) {
            rows.add(table + " " + found.getString(1));
          }
        }
      }
    }
    return rows;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                + " ON c.name = 'feature_name' WHERE m.type = 'table'")) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  private static Set<String> checkpoints(ThawConfig config) throws IOException {
    Path folder = config.home().resolve("checkpoints");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toSet());
    }
  }
}
