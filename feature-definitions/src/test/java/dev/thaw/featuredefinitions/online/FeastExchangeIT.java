package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.redis.RedisOnlineStore;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.featuredefinitions.online.sqlite.SqliteOnlineStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real Feast reads what we wrote and we read what real Feast wrote, through SQLite and Redis. Needs
 * a Python with Feast: {@code THAW_FEAST_PYTHON}, or what {@code feature_repo/setup} made; skipped
 * without, except in CI.
 */
class FeastExchangeIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Instant TIME = Instant.parse("2026-03-01T12:30:15.250Z");

  @TempDir Path folder;

  @Test
  void bothSidesReadWhatTheOtherWrote() throws Exception {
    Path python = python();
    RedisServer redis = RedisServer.single();
    Path file = folder.resolve("online.db");
    try (OnlineStore sqlite =
            SqliteOnlineStore.open(file, GoldenBytes.PROJECT, GoldenBytes.SCHEMA);
        OnlineStore server =
            RedisOnlineStore.open(redis.location(), GoldenBytes.PROJECT, GoldenBytes.SCHEMA)) {
      for (GoldenBytes.Case golden : GoldenBytes.cases()) {
        sqlite.write(golden.view(), List.of(golden.row()));
        server.write(golden.view(), List.of(golden.row()));
      }
      JsonNode answers = exchange(python, "sqlite:" + file, "redis:" + redis.port());
      feastReadsWhatWeWrote(answers.get("sqlite"));
      feastReadsWhatWeWrote(answers.get("redis"));
      // Feast's SQLite writer drops what is below a second
      weReadWhatFeastWrote(sqlite, Instant.ofEpochSecond(TIME.getEpochSecond()));
      weReadWhatFeastWrote(server, TIME);
    }
  }

  private static void feastReadsWhatWeWrote(JsonNode rows) {
    List<GoldenBytes.Case> cases = GoldenBytes.cases();
    assertThat(rows).hasSize(cases.size());
    for (int i = 0; i < cases.size(); i++) {
      FeatureRow row = cases.get(i).row();
      for (String feature : GoldenBytes.FEATURES) {
        JsonNode read = rows.get(i).get(feature);
        Optional<FeatureValue> written = row.get(feature);
        if (written.isPresent()) {
          assertThat(GoldenBytes.value(feature, read))
              .as("%s %s", cases.get(i), feature)
              .isEqualTo(written.get());
        } else {
          assertThat(read.isNull())
              .as("%s %s is null, was %s", cases.get(i), feature, read)
              .isTrue();
        }
      }
    }
  }

  private static void weReadWhatFeastWrote(OnlineStore store, Instant time) {
    FeatureRow full = read(store, "from feast");
    FeatureRow expected = GoldenBytes.cases().get(0).row();
    assertThat(full.features()).isEqualTo(expected.features());
    assertThat(full.eventTime()).isEqualTo(time);
    FeatureRow nulls = read(store, "from feast 😀");
    assertThat(nulls.get("text")).contains(new FeatureValue.Text("only text"));
    assertThat(nulls.get("int64")).contains(new FeatureValue.Int64(5));
    for (String feature : GoldenBytes.FEATURES) {
      if (!feature.equals("text") && !feature.equals("int64")) {
        assertThat(nulls.get(feature)).as(feature).isEmpty();
      }
    }
    FeatureRow older = new FeatureRow(full.key(), Map.of(), time.minusMillis(1));
    assertThat(store.write("by_user", List.of(older))).isZero();
  }

  private static FeatureRow read(OnlineStore store, String user) {
    return store
        .read(List.of(new Read("by_user", EntityKey.of("user_id", user))))
        .get(0)
        .orElseThrow();
  }

  private JsonNode exchange(Path python, String... stores)
      throws IOException, InterruptedException {
    Path output = folder.resolve("out.json");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            python.toString(),
                            MODULE.resolve("src/test/python/feast_exchange.py").toString(),
                            folder.toString()),
                        Stream.of(stores))
                    .toList())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("TZ", "UTC");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("Feast answered within 4 minutes").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return new ObjectMapper()
        .readTree(Files.readString(output).lines().reduce((a, b) -> b).orElseThrow());
  }

  private static Path python() {
    String named = System.getenv("THAW_FEAST_PYTHON");
    Path python = named == null ? MODULE.resolve("feature_repo/.venv/bin/python") : Path.of(named);
    boolean found = Files.isExecutable(python);
    if (!found && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(python + " is missing: run feature_repo/setup");
    }
    assumeTrue(found, python + " is missing: run feature_repo/setup");
    return python;
  }
}
