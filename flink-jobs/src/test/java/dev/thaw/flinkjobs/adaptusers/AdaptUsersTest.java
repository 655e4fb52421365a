package dev.thaw.flinkjobs.adaptusers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestStores;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.ends.Backoff;
import dev.thaw.flinkjobs.ends.OnlineStoreSink;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.models.history.History;
import dev.thaw.models.meta.AdaptedLayers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on Flink, into a real store. */
class AdaptUsersTest {
  private static final int USERS = 4;

  @TempDir Path folder;

  @Test
  void layersStandInTheStoreAsTheModelAdaptsThem() throws Exception {
    PublishedMeta published = PublishedMeta.publish(folder.resolve("artefacts"), 1);
    JobRun run = new JobRun(folder, "rocksdb");
    List<Event> events = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      String user = PublishedMeta.user(u).value();
      for (History.Entry each : history(u).entries()) {
        Duration offset = Duration.ofMillis(each.timeMillis() - TestEvents.START.toEpochMilli());
        String item = each.item().value();
        events.add(TestEvents.rating(user + item, user, item, each.strength(), offset));
      }
    }
    ArtefactAnnouncement set = published.announced(ArtefactAnnouncement.Status.ACTIVE);
    new AdaptUsers(
            FeatureDefinitions.shipped(),
            DomainDefinitions.shipped(),
            Duration.ofHours(1),
            Pace.of(Duration.ofMillis(10)))
        .build(
            run.events(events),
            run.noErasures(),
            run.env.fromData(
                List.of(new Change<>(PublishedMeta.user(1).value(), PublishedMeta.profile(1))),
                Change.type(StreamTypes.PROFILE)),
            run.env.fromData(
                List.of(new Change<>(set.setVersion(), set)),
                Change.type(StreamTypes.ARTEFACT_ANNOUNCEMENT)),
            new OnlineStoreSink(TestStores.in(folder), Duration.ofMillis(10), Backoff.DEFAULT),
            run.deadLetters);
    run.env.execute();
    assertThat(run.deadLetters.all()).isEmpty();
    try (OnlineStore store = TestStores.in(folder).open()) {
      for (int u = 0; u < USERS; u++) {
        EntityKey key = EntityKey.of("user_id", PublishedMeta.user(u).value(), "domain", "movies");
        FeatureRow row =
            store.read(List.of(new OnlineStore.Read("user_adapted", key))).get(0).orElseThrow();
        AdaptedLayers expected =
            published.model().adapt(u == 1 ? PublishedMeta.profile(1) : null, history(u));
        assertThat(AdaptedLayers.of(row).features()).isEqualTo(expected.features());
      }
    }
  }

  private static History history(int user) {
    return PublishedMeta.DATA.history(PublishedMeta.user(user));
  }
}
