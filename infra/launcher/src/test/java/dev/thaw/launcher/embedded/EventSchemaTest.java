package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.flinkjobs.entry.ViewChoice;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicRecords;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Senders of events change while a job and a server run. */
@Timeout(180)
class EventSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final List<String> MANDATORY =
      List.of("event_id", "user_id", "item_id", "domain", "type", "time");

  @TempDir Path home;

  @Test
  void jobAndServerGoOnWithSendersThatSayMoreOrLess() throws Exception {
    ThawConfig embedded = TinyWorld.config(home, TinyWorld.folder(home));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0)) {
      ThawConfig config = RunningJob.onePartition(embedded, kafka, Duration.ofMillis(500));
      try (EventTopic topic = new EventTopic(config);
          RunningJob job = RunningJob.fresh(StreamingJobs.userFeatures(ViewChoice.ALL), config)) {
        Installation.Served served = Installation.serveAlone(config, () -> NOON, false);
        try (AutoCloseable parts = served.parts()) {
          URI events = served.uri().resolve("/v1/events");
          TinyWorld.post(
              served.uri().resolve("/v1/items"),
              "{\"item_id\":\"m1\",\"domain\":\"movies\",\"title\":\"Heat\"}");
          topic.send(minimal("e1").toString(), context("e2", "a_new_thing").toString());
          topic.send(minimal("e3").put("channel", "app").toString());
          for (String field : MANDATORY) {
            ObjectNode without = minimal("without-" + field);
            without.remove(field);
            topic.send(without.toString());
          }
          TinyWorld.post(events, minimal("e4").putNull("context").putNull("slot").toString());
          assertThat(refusal(events, minimal("e5").put("channel", "app"))).contains("channel");
          awaitUser(served.uri(), "\"interactions_1h\":3");

          List<String> fields = new ArrayList<>(List.of("channel"));
          fields.addAll(MANDATORY);
          List<DeadLetter> letters = awaitLetters(config, fields.size());
          assertThat(letters)
              .extracting(letter -> letter.rejection().field())
              .containsExactlyElementsOf(fields);
          assertThat(letters).extracting(DeadLetter::job).containsOnly(UserFeatures.JOB);
          assertThat(job.runs()).isTrue();
        }
      }
    }
  }

  /** What every event must have, and nothing else. */
  private static ObjectNode minimal(String id) {
    return JSON.createObjectNode()
        .put("event_id", id)
        .put("user_id", "u1")
        .put("item_id", "m1")
        .put("domain", "movies")
        .put("type", "click")
        .put("time", NOON.toString());
  }

  private static ObjectNode context(String id, String name) {
    ObjectNode event = minimal(id);
    event.putObject("context").put(name, "said");
    return event;
  }

  private static String refusal(URI uri, ObjectNode event) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event.toString()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return answer.body();
  }

  /** The test's time limit ends it. */
  private static void awaitUser(URI server, String wanted) throws Exception {
    while (!TinyWorld.get(server.resolve("/v1/users/u1")).contains(wanted)) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** In the order of their records; the test's time limit ends it. */
  private static List<DeadLetter> awaitLetters(ThawConfig config, int number) {
    String topic = config.kafka().topics().deadLetters();
    while (true) {
      List<DeadLetter> letters =
          TopicRecords.of(config.kafka(), List.of(topic)).stream()
              .map(each -> WireFormats.deadLetters().read(each.value(), Instant.MAX).orElseThrow())
              .toList();
      if (letters.size() >= number) {
        return letters;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
