package dev.thaw.flinkjobs.userfeatures;

import static dev.thaw.flinkjobs.TestEvents.click;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on Flink. */
@Timeout(120)
class UserFeaturesTest {
  private static final List<String> VIEWS =
      List.of("user_activity", "user_domain_activity", "user_history");

  @TempDir Path folder;

  private JobRun run(List<Event> events, String backend) throws Exception {
    JobRun run = new JobRun(folder, backend);
    new UserFeatures(
            FeatureDefinitions.shipped(),
            DomainDefinitions.shipped(),
            Duration.ofHours(1),
            Pace.of(Duration.ofMillis(100)))
        .build(
            run.events(events),
            run.noErasures(),
            run.nothing(Change.type(StreamTypes.ITEM_VECTOR)),
            run.store,
            run.deadLetters);
    run.env.execute();
    return run;
  }

  @Test
  void repeatedEventsCountOnceLateOnesAreNamedAndHistoriesTakeBoth() throws Exception {
    JobRun run =
        run(
            List.of(
                click("e1", "u1", "m1", Duration.ZERO),
                click("e1", "u1", "m1", Duration.ZERO),
                click("e2", "u1", "m2", Duration.ofMinutes(150)),
                click("inTime", "u1", "m3", Duration.ofMinutes(100)),
                click("late", "u1", "m4", Duration.ofMinutes(80))),
            "hashmap");
    FeatureRow seen = rowAt(run, "user_activity", Duration.ofMinutes(150));
    assertThat(seen.get("events_24h")).contains(new FeatureValue.Int64(3));
    assertThat(seen.get("events_1h")).contains(new FeatureValue.Int64(2));
    assertThat(run.deadLetters.all())
        .singleElement()
        .satisfies(letter -> assertThat(letter.input()).contains("\"late\""));
    Map<EntityKey, FeatureRow> histories = run.rows("user_history");
    assertThat(histories.get(EntityKey.of("user_id", "u1", "domain", "movies")).get("item_ids"))
        .contains(new FeatureValue.Texts(List.of("m2", "m3", "m4", "m1")));
  }

  /** The last row that says what was at this time. */
  private static FeatureRow rowAt(JobRun run, String view, Duration offset) {
    return run.store.all().stream()
        .filter(row -> row.view().equals(view))
        .map(row -> row.row())
        .filter(row -> row.eventTime().equals(TestEvents.at(offset)))
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  @Test
  void whenTimeGoesOnAloneEverythingFallsBackToNothing() throws Exception {
    JobRun run = run(TestEvents.mixed(60, 3), "hashmap");
    assertThat(run.rows("user_activity")).hasSize(3);
    run.rows("user_activity")
        .values()
        .forEach(
            row -> {
              assertThat(row.get("events_1h")).contains(new FeatureValue.Int64(0));
              assertThat(row.get("skips_7d")).contains(new FeatureValue.Int64(0));
              assertThat(row.get("domains_30d")).contains(new FeatureValue.Int64(0));
            });
  }

  @Test
  void rocksDbAndAReplayEndInTheSameRows() throws Exception {
    List<Event> events = TestEvents.mixed(80, 5);
    JobRun once = run(events, "hashmap");
    List<Event> again = new ArrayList<>(events);
    again.addAll(events);
    JobRun onDisk = run(events, "rocksdb");
    JobRun replayed = run(again, "hashmap");
    for (String view : VIEWS) {
      assertThat(once.rows(view)).isNotEmpty();
      assertThat(onDisk.rows(view)).isEqualTo(once.rows(view));
      assertThat(replayed.rows(view)).isEqualTo(once.rows(view));
    }
  }

  private static final CountDownLatch SENT = new CountDownLatch(1);

  /** Several events behind the vector, since none waits for it: the last one surely follows. */
  @Test
  void anEventIsChosenByTheSpaceOfItsItemsVector() throws Exception {
    long events = 500;
    JobRun run = new JobRun(folder, "hashmap");
    new UserFeatures(
            FeatureDefinitions.load(
                withLine(
                    "{name: of_v1, type: INT64, aggregate: count, where: {item.space: content@v1},"
                        + " description: Events on items of the first encoder}"),
                DomainDefinitions.shipped()),
            DomainDefinitions.shipped(),
            Duration.ofHours(1),
            Pace.of(Duration.ofMillis(100)))
        .build(
            run.env
                .fromSequence(1, events)
                .map(
                    number -> {
                      SENT.await();
                      return click("e", "u" + number, "m1", Duration.ZERO);
                    })
                .returns(StreamTypes.EVENT),
            run.noErasures(),
            run.env
                .fromData(1)
                .<Change<ItemVector>>flatMap(
                    (one, out) -> {
                      out.collect(new Change<>("m1", vector()));
                      SENT.countDown();
                    })
                .returns(Change.type(StreamTypes.ITEM_VECTOR)),
            run.store,
            run.deadLetters);
    run.env.execute();
    EntityKey last = EntityKey.of("user_id", "u" + events);
    assertThat(run.store.all())
        .filteredOn(row -> row.view().equals("user_activity") && row.row().key().equals(last))
        .first()
        .satisfies(row -> assertThat(row.row().get("of_v1")).contains(new FeatureValue.Int64(1)));
  }

  private static ItemVector vector() {
    VectorSpace space = new VectorSpace("content", "v1", 2, Metric.COSINE);
    return new ItemVector(ItemId.of("m1"), Embedding.copyOf(space, new float[] {1, 0}));
  }

  private Path withLine(String line) throws IOException {
    String before = "      - {name: events_24h,";
    try (InputStream in = FeatureDefinitions.class.getResourceAsStream("/features.yaml")) {
      String shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Files.writeString(
          folder.resolve("features.yaml"),
          shipped.replace(before, "      - " + line + "\n" + before));
    }
  }
}
