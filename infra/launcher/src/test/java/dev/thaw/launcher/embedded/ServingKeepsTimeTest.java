package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.flinkjobs.entry.ViewChoice;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job by its entry point and a server by itself: nothing else says what time it is. */
@Timeout(120)
class ServingKeepsTimeTest {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  @TempDir Path home;

  @Test
  void anHourAfterTheLastEventOfAllItsCountIsZero() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    ThawConfig embedded = TinyWorld.config(home, TinyWorld.folder(home));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0);
        FlinkCluster flink = FlinkCluster.start(4, home.resolve("checkpoints"))) {
      ThawConfig config =
          embedded.withKafka(embedded.kafka().withBootstrapServers(kafka.bootstrapServers()));
      assertThatThrownBy(() -> Installation.keepTimeAlone(config, now::get))
          .hasMessageContaining("must exist");
      EventTopic.create(config);
      flink.submit("user-features", StreamingJobs.userFeatures(ViewChoice.ALL).build(config));
      Installation.Served served = Installation.serveAlone(config, now::get);
      try (AutoCloseable parts = served.parts()) {
        TinyWorld.post(
            served.uri().resolve("/v1/items"),
            "{\"item_id\":\"m1\",\"domain\":\"movies\",\"title\":\"Heat\"}");
        TinyWorld.post(
            served.uri().resolve("/v1/events"),
            TinyWorld.purchase("e1", "phone", 1, NOON.toString()));
        awaitUser(served.uri(), "\"interactions_1h\":1");

        // of the partitions of events only one has ever had any
        now.set(NOON.plus(Duration.ofHours(1)).plusSeconds(1));
        awaitUser(served.uri(), "\"interactions_1h\":0");
      }
    }
  }

  /** The test's time limit ends it. */
  private static void awaitUser(URI server, String wanted) throws Exception {
    while (!TinyWorld.get(server.resolve("/v1/users/u1")).contains(wanted)) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
