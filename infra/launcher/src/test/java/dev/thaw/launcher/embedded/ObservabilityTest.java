package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.observability.Series;
import dev.thaw.launcher.observability.WatchedMetrics;
import dev.thaw.serving.ServerParts;
import dev.thaw.serving.ThawServer;
import dev.thaw.serving.featureserver.OpenedFeatureServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards and alerts watch is what a real server and the real jobs expose. */
@Timeout(600)
class ObservabilityTest {
  private static final Path DASHBOARDS = Path.of("../dashboards");
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  @TempDir Path home;

  @Test
  void everyWatchedMetricAndLabelExists() throws Exception {
    List<String> jobs = WatchedMetrics.jobs(DASHBOARDS.resolve("prometheus.yaml"));
    assertThat(jobs).contains("thaw-serving", "thaw-flink");
    List<Series> series = new ArrayList<>(jobs.stream().map(Series::up).toList());
    series.addAll(scrape());

    List<WatchedMetrics> watched = WatchedMetrics.in(DASHBOARDS);
    assertThat(watched).hasSizeGreaterThan(40);
    assertThat(watched.stream().flatMap(each -> each.missing(series).stream())).isEmpty();
  }

  /** Of an installation that has seen good days and bad ones. */
  private List<Series> scrape() throws Exception {
    ReportedMetrics metrics = ReportedMetrics.onFreePort();
    ThawConfig embedded = TinyWorld.config(home, TinyWorld.folder(home));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0);
        FlinkCluster flink =
            FlinkCluster.start(12, home.resolve("checkpoints"), metrics.configuration())) {
      ThawConfig config =
          embedded.withKafka(embedded.kafka().withBootstrapServers(kafka.bootstrapServers()));
      EventTopic.create(config);
      for (Job job : StreamingJobs.all()) {
        flink.submit(job.name(), job.build(config));
      }
      try (Closing closing = new Closing()) {
        closing.add(Installation.keepTimeAlone(config, () -> NOON));
        ServerParts parts = EmbeddedServer.parts(config, () -> NOON, closing);
        ThawServer server = closing.add(EmbeddedServer.start(parts));
        spoil(config);
        live(server.uri());
        List<Series> features = featureServer(config);
        flink.checkpoint();
        String exposed = metrics.read();
        assertThat(exposed.lines().filter(ObservabilityTest::countsLetters)).hasSize(4);
        List<Series> jobs = Series.scraped(exposed, "thaw-flink");
        parts.store().close();
        fail(server.uri());
        List<Series> all = new ArrayList<>(jobs);
        all.addAll(features);
        all.addAll(Series.scraped(TinyWorld.get(server.uri().resolve("/metrics")), "thaw-serving"));
        return all;
      }
    }
  }

  /** Of one that found a row and missed another, and was asked for what there is not. */
  private static List<Series> featureServer(ThawConfig config) throws Exception {
    try (OpenedFeatureServer server =
        OpenedFeatureServer.of(config, new FeatureServerConfig("127.0.0.1", 0))) {
      URI online = server.uri().resolve("/get-online-features");
      String asked = "{\"features\":[\"%s\"],\"entities\":{\"user_id\":[\"u1\",\"nobody\"]}}";
      TinyWorld.post(online, asked.formatted("user_activity:events_1h"));
      assertThat(send(online, "POST", asked.formatted("nothing:here")).statusCode())
          .isBetween(400, 499);
      return Series.scraped(TinyWorld.get(server.uri().resolve("/metrics")), "thaw-feature-server");
    }
  }

  /** Of a job that reads events and found the one that no job can read. */
  private static boolean countsLetters(String line) {
    return line.startsWith("flink_taskmanager_job_task_operator_numRecordsIn{")
        && line.contains("operator_name=\"thaw_events_dead_letters:_Writer\"")
        && line.endsWith(" 1.0");
  }

  private static void live(URI server) throws Exception {
    TinyWorld.post(
        server.resolve("/v1/items"),
        "{\"item_id\":\"m1\",\"domain\":\"movies\",\"title\":\"Heat\"}");
    TinyWorld.post(
        server.resolve("/v1/events"), TinyWorld.purchase("e1", "phone", 1, NOON.toString()));
    while (!TinyWorld.get(server.resolve("/v1/users/u1")).contains("\"interactions_1h\":1")) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    while (!recommended(server).contains("\"source\":\"bandit\"")) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** A record that no job can read goes to the dead letters. */
  private static void spoil(ThawConfig config) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = Installation.producer(config.kafka())) {
      producer
          .send(new ProducerRecord<>(config.kafka().topics().events(), "{".getBytes("UTF-8")))
          .get();
    }
  }

  /** Requests that can't be understood, and such that need a store that is away. */
  private static void fail(URI server) throws Exception {
    assertThat(send(server.resolve("/v1/recommendations"), "POST", "{").statusCode())
        .isEqualTo(400);
    while (!recommended(server).contains("feature-store:")) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(send(server.resolve("/v1/users/u1"), "DELETE", "").statusCode()).isEqualTo(503);
  }

  private static String recommended(URI server) throws Exception {
    return TinyWorld.post(
        server.resolve("/v1/recommendations"),
        "{\"user_id\":\"somebody\",\"domain\":\"movies\",\"k\":1}");
  }

  private static HttpResponse<String> send(URI uri, String method, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
