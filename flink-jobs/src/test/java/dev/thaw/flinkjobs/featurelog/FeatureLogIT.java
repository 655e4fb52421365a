package dev.thaw.flinkjobs.featurelog;

import static dev.thaw.flinkjobs.TestEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.feast.FeastRepo;
import dev.thaw.featuredefinitions.feast.FeastSession;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training set is what serving would have read. One job runs as time goes by, and at each label
 * time its store is read; another reads the same events as a history, in one go. Feast's training
 * sets over the logs of both must say what the store said, and a view that Feast materializes from
 * a log must be what the job wrote. A feature that a data team added goes along, from its line in
 * {@code features.yaml} to Feast's answers.
 */
@Timeout(240)
class FeatureLogIT {
  private static final String ADDED = "phone_clicks_2h";
  private static final String ERASED = Timeline.USERS.get(2);
  private static final Duration ERASED_AT = Duration.ofHours(60);

  @TempDir Path folder;
  private final Timeline timeline = new Timeline();
  private FeastSession feast;
  private FeastRepo repo;
  private FeastRepo materialized;
  private RedisServer other;
  private ThawConfig live;
  private ThawConfig history;
  private FeatureDefinitions features;

  @BeforeEach
  void configure() throws IOException {
    feast = FeastSession.in(folder);
    RedisServer redis = RedisServer.single();
    repo =
        FeastRepo.copyTo(folder.resolve("data-team"))
            .on("feature_store.redis.yaml", redis.addresses());
    repo.addFeature(
        "user_activity",
        "{name: "
            + ADDED
            + ", type: INT64, aggregate: count, types: [click], where: {context.device: phone},"
            + " window: 2h, description: Clicks on a phone}");
    other = RedisServer.single();
    materialized =
        FeastRepo.copyTo(folder.resolve("materialized"))
            .on("feature_store.redis.yaml", other.addresses());
    Files.copy(
        repo.featuresFile(), materialized.featuresFile(), StandardCopyOption.REPLACE_EXISTING);
    live = config("live").withStore(new ThawConfig.Store("redis", redis.location(), "thaw"));
    history = config("history");
    features = live.features();
  }

  private ThawConfig config(String name) {
    ThawConfig config = ThawConfig.embedded(folder.resolve(name));
    return config
        .withFeaturesFile(repo.featuresFile())
        .withJobs(
            config
                .jobs()
                .withCheckpointInterval(Duration.ofSeconds(1))
                .withFeatureLog(config.home().resolve("feature-log")));
  }

  @Test
  void trainingSetsAreWhatServingReadAtTheTime() throws Exception {
    Served served = asTimeGoesBy();
    atOnce();
    TrainingSets sets = new TrainingSets(features, served);
    Instant end = at(Timeline.LABELS.get(Timeline.LABELS.size() - 1));
    feast.add("apply", repo.path(), "environment", logOf(live));
    int online = sets.online(feast, repo);
    int trained = sets.historical(feast, repo);
    feast.add(
        "tidy",
        repo.path(),
        "log",
        live.jobs().featureLog().toString(),
        "now",
        Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());
    int tidied = sets.historical(feast, repo);
    feast.add("apply", materialized.path(), "environment", logOf(history));
    int backfilled = sets.historical(feast, materialized);
    feast.add(
        "materialize",
        materialized.path(),
        "from",
        at(Duration.ofDays(-1)).toEpochMilli(),
        "to",
        end.toEpochMilli(),
        "views",
        List.of(Served.MATERIALIZED));

    JsonNode answers = feast.run();

    servedIsTheTruth(served);
    sets.assertOnline(answers.get(online), served.now());
    sets.assertSame("live", answers.get(trained), Timeline.USERS);
    sets.assertSame("history", answers.get(backfilled), Timeline.USERS);
    sets.assertSame("tidied", answers.get(tidied), Timeline.USERS.subList(0, 2));
    sets.assertNothing(answers.get(tidied), ERASED);
    served.assertMaterialized(other, features);
  }

  private static Map<String, String> logOf(ThawConfig config) {
    return Map.of("THAW_FEATURE_LOG", config.jobs().featureLog().toString());
  }

  /** The store is read at every label time; in the end a user is erased. */
  private Served asTimeGoesBy() throws Exception {
    LoggedRun run = LoggedRun.start(live);
    Served served = new Served(live);
    int next = 0;
    for (Duration label : Timeline.LABELS) {
      while (next < timeline.events.size()
          && !timeline.events.get(next).time().isAfter(at(label))) {
        run.events.put(timeline.events.get(next++));
      }
      served.readAt(at(label), run);
    }
    while (next < timeline.events.size()) {
      run.events.put(timeline.events.get(next++));
    }
    served.awaitLast(at(ERASED_AT.minusHours(1)), run);
    run.erasures.put(Erasure.of(new UserId(ERASED), at(ERASED_AT)));
    served.awaitGone(ERASED);
    run.finish();
    served.readNow();
    return served;
  }

  /** No watermark comes before the end, as when a long history is read fast. */
  private void atOnce() throws Exception {
    LoggedRun run = LoggedRun.start(history);
    timeline.events.forEach(run.events::put);
    run.finish();
  }

  private void servedIsTheTruth(Served served) {
    for (int i = 0; i < Timeline.LABELS.size(); i++) {
      Instant now = at(Timeline.LABELS.get(i));
      for (String user : Timeline.USERS) {
        FeatureRow row = served.row(i, "user_activity", EntityKey.of("user_id", user));
        String as = user + " at " + now;
        assertThat(row.get("events_24h"))
            .as(as)
            .contains(int64(timeline.count(user, now, Duration.ofHours(24), any -> true)));
        assertThat(row.get(ADDED))
            .as(as)
            .contains(
                int64(
                    timeline.count(
                        user,
                        now,
                        Duration.ofHours(2),
                        event ->
                            event.type().equals(EventType.CLICK)
                                && event.context().containsValue("phone"))));
        assertThat(row.get("last_item"))
            .as(as)
            .contains(new FeatureValue.Text(timeline.lastItem(user, now)));
        assertThat(row.features().toString()).doesNotContain(Timeline.future(i) + "]");
      }
    }
  }

  private static FeatureValue int64(long value) {
    return new FeatureValue.Int64(value);
  }
}
