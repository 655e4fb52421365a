package dev.thaw.launcher.embedded;

import static dev.thaw.launcher.embedded.EventTopic.click;
import static dev.thaw.launcher.embedded.EventTopic.erasure;
import static dev.thaw.launcher.embedded.EventTopic.tick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.flinkjobs.entry.ViewChoice;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data team adds a feature to a view and a second version of it, on a topic with a history. */
@Timeout(240)
class BackfillTest {
  private static final Path SHIPPED = Path.of("../../feature-definitions/features.yaml");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String CHANGED = "user_domain_activity";
  private static final String NEW = "user_activity_v2";
  private static final String OTHER = "user_activity";
  private static final String ADDED =
      "      - {name: phone_clicks_7d, type: INT64, aggregate: count, types: [click],"
          + " where: {context.device: phone}, window: 7d, description: On a phone}\n";
  private static final String ADDED_VIEW =
      """
        - name: user_activity_v2
          entities: [user]
          ttl: 30d
          writer: user-features
          owner: recommendations
          description: The same by shorter windows
          features:
            - {name: events_30m, type: INT64, aggregate: count, window: 30m, description: Events of half an hour}
            - {name: last_item, type: STRING, aggregate: last, field: item_id, window: 30d, description: Item of the newest event}

      """;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> STAY = List.of("u1", "u2", "u3");
  private static final List<String> USERS = List.of("u1", "u2", "u3", "gone", "back");

  @TempDir Path home;
  private EmbeddedKafka kafka;
  private EventTopic topic;
  private ThawConfig before;
  private ThawConfig after;
  private ThawConfig reference;
  private OnlineStore store;
  private int ticks;

  @BeforeEach
  void open() throws IOException {
    kafka = EmbeddedKafka.start(home.resolve("kafka"), 0);
    before = config("thaw");
    Path features = Files.writeString(home.resolve("features.yaml"), changed());
    after = before.withFeaturesFile(features);
    reference = config("reference").withFeaturesFile(features);
    topic = new EventTopic(before);
    store = store(after);
  }

  @AfterEach
  void close() {
    store.close();
    topic.close();
    kafka.close();
  }

  private ThawConfig config(String name) {
    ThawConfig embedded = ThawConfig.embedded(home.resolve(name));
    return RunningJob.onePartition(embedded, kafka, Duration.ofMillis(500))
        .withServing(embedded.serving().withAddress("127.0.0.1", 0));
  }

  private static OnlineStore store(ThawConfig config) {
    return OnlineStores.open(config.store(), config.features().views());
  }

  private static String changed() throws IOException {
    String feature = "      - {name: spend_30d";
    String view = "  - name: " + CHANGED;
    return Files.readString(SHIPPED)
        .replace(feature, ADDED + feature)
        .replace(view, ADDED_VIEW + view);
  }

  @Test
  void addedFeaturesComeFromTheLogOfEventsWhileAllOtherViewsStayFresh() throws Exception {
    topic.send(history());
    Installation.Served served = Installation.serveAlone(before, () -> at(104), false);
    try (AutoCloseable parts = served.parts()) {
      backfill(served.uri().resolve("/v1/users/u1"));
    }
    Installation.Served upgraded = Installation.serveAlone(after, () -> at(104), false);
    try (AutoCloseable parts = upgraded.parts()) {
      assertThat(TinyWorld.get(upgraded.uri().resolve("/v1/users/u1")))
          .contains("\"phone_clicks_7d\":" + (HISTORY + 3));
    }
    theViewComesBack();
  }

  /**
   * @param shown where a server shows the user u1 all the time
   */
  private void backfill(URI shown) throws Exception {
    RunningJob all = RunningJob.fresh(StreamingJobs.userFeatures(ViewChoice.ALL), before);
    await(() -> text(store, OTHER, "u1", "last_item").equals("end"));
    all.stopWithSavepoint();
    try (RunningJob others =
        RunningJob.resumed(StreamingJobs.userFeatures(ViewChoice.without(CHANGED, NEW)), after)) {
      Map<String, FeatureRow> old = rows(store, CHANGED);
      assertThat(old).containsOnlyKeys("u1", "u2", "u3", "back");
      topic.send(click("meanwhile", "u1", "meanwhile", at(101)));
      await(() -> text(store, OTHER, "u1", "last_item").equals("meanwhile"));
      assertThat(rows(store, CHANGED)).as("served as they were").isEqualTo(old);

      try (RunningJob filling =
              RunningJob.fresh(StreamingJobs.userFeatures(ViewChoice.only(CHANGED, NEW)), after);
          RunningJob fromTheStart =
              RunningJob.fresh(StreamingJobs.userFeatures(ViewChoice.ALL), reference);
          OnlineStore expected = store(reference)) {
        topic.send(STAY.stream().map(user -> click("f-" + user, user, "final", at(102))).toList());
        Seen seen = new Seen(old);
        for (String user : STAY) {
          await(
              () -> {
                seen.look(rows(store, CHANGED));
                assertThat(TinyWorld.get(shown)).contains("\"interactions_1h\":");
                return Stream.of(CHANGED, NEW)
                    .allMatch(
                        view ->
                            text(expected, view, user, "last_item").equals("final")
                                && text(store, view, user, "last_item").equals("final"));
              });
        }
        for (String view : List.of(OTHER, CHANGED, NEW)) {
          awaitSame(view, expected);
        }
        assertThat(rows(store, NEW)).containsOnlyKeys("u1", "u2", "u3", "back");
        assertThat(rows(store, CHANGED).get("u1").get("phone_clicks_7d"))
            .as("one of the history is late, one was sent twice")
            .contains(new FeatureValue.Int64(HISTORY + 3));
        assertThat(others.runs() && filling.runs() && fromTheStart.runs()).isTrue();
        filling.stopWithSavepoint();
      }
      others.stopWithSavepoint();
    }
  }

  /** What was left out of a savepoint has nothing to go on from; the others have. */
  private void theViewComesBack() throws Exception {
    long counted = number(OTHER, "u1", "clicks_24h");
    try (RunningJob all = RunningJob.resumed(StreamingJobs.userFeatures(ViewChoice.ALL), after)) {
      topic.send(click("back", "u1", "again", at(103)));
      await(() -> text(store, OTHER, "u1", "last_item").equals("again"));
      await(() -> text(store, CHANGED, "u1", "last_item").equals("again"));
      assertThat(number(OTHER, "u1", "clicks_24h")).isEqualTo(counted + 1);
      assertThat(number(CHANGED, "u1", "phone_clicks_7d")).isEqualTo(1);
      assertThat(all.runs()).isTrue();
    }
  }

  private static final int HISTORY = 90;

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  /** A click of each user every minute; one erased for good, one who came back, one late, twice. */
  private static List<String> history() {
    List<String> lines = new ArrayList<>();
    for (int minute = 0; minute < HISTORY; minute++) {
      for (String user : USERS) {
        if (!(user.equals("gone") && minute > 50)) {
          lines.add(click(user + minute, user, "m" + minute % 7, at(minute)));
        }
      }
      if (minute == 50) {
        lines.add(erasure("gone", at(minute)));
        lines.add(erasure("back", at(minute)));
      }
    }
    lines.add(click("u189", "u1", "m5", at(89)));
    lines.add(tick(at(99)));
    lines.add(click("late", "u1", "late", at(5)));
    lines.add(click("end", "u1", "end", at(100)));
    return lines;
  }

  /** Rows of a view that are read again and again never go back in time. */
  private static final class Seen {
    private Map<String, FeatureRow> before;

    Seen(Map<String, FeatureRow> before) {
      this.before = before;
    }

    void look(Map<String, FeatureRow> now) {
      for (String user : STAY) {
        assertThat(now.get(user).eventTime()).isAfterOrEqualTo(before.get(user).eventTime());
      }
      before = now;
    }
  }

  private static Map<String, FeatureRow> rows(OnlineStore store, String view) {
    Map<String, FeatureRow> rows = new HashMap<>();
    for (String user : USERS) {
      row(store, view, user).ifPresent(row -> rows.put(user, row));
    }
    return rows;
  }

  private static Optional<FeatureRow> row(OnlineStore store, String view, String user) {
    EntityKey key =
        view.equals(CHANGED)
            ? EntityKey.of(Map.of("user_id", user, "domain", "movies"))
            : EntityKey.of("user_id", user);
    return store.read(List.of(new Read(view, key))).get(0);
  }

  private static String text(OnlineStore store, String view, String user, String feature) {
    return row(store, view, user)
        .flatMap(row -> row.get(feature))
        .map(value -> ((FeatureValue.Text) value).value())
        .orElse("");
  }

  private long number(String view, String user, String feature) {
    return row(store, view, user)
        .flatMap(row -> row.get(feature))
        .map(value -> ((FeatureValue.Int64) value).value())
        .orElseThrow();
  }

  /** While time goes on by ticks, as it always does: timers that came late fire with the next. */
  private void awaitSame(String view, OnlineStore expected) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!rows(store, view).equals(rows(expected, view)) && System.nanoTime() < until) {
      topic.send(List.of(tick(at(102).plusMillis(++ticks))));
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(rows(store, view)).as(view).isEqualTo(rows(expected, view));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  /** The test's time limit ends it. */
  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      LockSupport.parkNanos(50_000_000);
    }
  }
}
