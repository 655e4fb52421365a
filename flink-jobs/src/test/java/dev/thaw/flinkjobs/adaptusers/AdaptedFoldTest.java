package dev.thaw.flinkjobs.adaptusers;

import static dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status.ACTIVE;
import static dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status.ANNOUNCED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.histories.HistoryViewFold;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.history.History;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.InnerLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptedFoldTest {
  private static final Duration YEARS = Duration.ofDays(3650);
  private static final UserId USER = PublishedMeta.user(0);

  @TempDir Path folder;
  private PublishedMeta first;
  private PublishedMeta second;

  private static final class Harness
      extends KeyedTwoInputStreamOperatorTestHarness<String, LearnerInput, Signal, ViewRow> {
    private final ViewKeys keys;

    private Harness(ViewKeys keys) throws Exception {
      super(
          Folds.operatorWithSignals(
              new AdaptedFold(
                  new HistoryViewFold(AdaptUsers.VIEW, YEARS, DomainDefinitions.shipped(), keys),
                  AdaptUsers.VIEW,
                  keys),
              StateTypes.PROFILED_HISTORY,
              Duration.ofMillis(100),
              Duration.ofHours(1)),
          input -> input.key,
          null,
          Types.STRING);
      this.keys = keys;
      getExecutionConfig().enableObjectReuse();
      setup(StreamTypes.VIEW_ROW.createSerializer(getExecutionConfig().getSerializerConfig()));
    }

    static Harness create() throws Exception {
      return new Harness(ViewKeys.of(List.of("user_id", "domain")));
    }

    void add(Event event) throws Exception {
      processElement1(new LearnerInput(keys.textOf(event), event, null), event.timeMillis());
    }

    void addAll(List<Event> events) throws Exception {
      for (Event event : events) {
        add(event);
      }
    }

    void describe(UserId user, @Nullable UserProfile profile) throws Exception {
      processElement1(new LearnerInput(keys.join("movies", user.value()), null, profile), 0);
    }

    void announce(ArtefactAnnouncement announcement) throws Exception {
      processElement2(Signal.announced(announcement), 0);
    }

    /** What has been given out since the last call. */
    List<FeatureRow> rows() throws Exception {
      prepareSnapshotPreBarrier(1);
      List<FeatureRow> rows = new ArrayList<>();
      for (ViewRow each : extractOutputValues()) {
        assertThat(each.view()).isEqualTo("user_adapted");
        rows.add(each.row());
      }
      getOutput().clear();
      return rows;
    }

    Map<String, FeatureValue> onlyRow() throws Exception {
      List<FeatureRow> rows = rows();
      assertThat(rows).hasSize(1);
      return rows.get(0).features();
    }
  }

  @BeforeEach
  void train() {
    first = PublishedMeta.publish(folder, 1);
    second = PublishedMeta.publish(folder, 2);
  }

  private static History history(int user) {
    return PublishedMeta.DATA.history(PublishedMeta.user(user));
  }

  private static List<Event> events(int user) {
    return history(user).entries().stream().map(each -> event(user, each)).toList();
  }

  private static Event event(int user, History.Entry each) {
    String id = PublishedMeta.user(user).value();
    return TestEvents.rating(
        id + each.item(),
        id,
        each.item().value(),
        each.strength(),
        Duration.ofMillis(each.timeMillis() - TestEvents.START.toEpochMilli()));
  }

  private static Map<String, FeatureValue> features(AdaptedLayers layers, long interactions) {
    Map<String, FeatureValue> features = new java.util.HashMap<>(layers.features());
    features.put("interactions", new FeatureValue.Int64(interactions));
    return features;
  }

  @Test
  void theRowHoldsWhatTheModelAdaptsToHistoryAndProfile() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      for (int u = 0; u < 5; u++) {
        harness.describe(PublishedMeta.user(u), PublishedMeta.profile(u));
        harness.addAll(events(u));
      }
      List<FeatureRow> rows = harness.rows();
      assertThat(rows).hasSize(5);
      for (int u = 0; u < 5; u++) {
        FeatureRow row = rows.get(u);
        AdaptedLayers expected = first.model().adapt(PublishedMeta.profile(u), history(u));
        assertThat(row.key())
            .isEqualTo(EntityKey.of("user_id", PublishedMeta.user(u).value(), "domain", "movies"));
        assertThat(row.features()).isEqualTo(features(expected, history(u).interactions()));
        assertThat(row.eventTime().toEpochMilli())
            .isEqualTo(history(u).entries().get(0).timeMillis());
        assertThat(AdaptedLayers.of(row).metaVersion()).isEqualTo(first.model().version());
      }
    }
  }

  @Test
  void theWayThereAndReplaysChangeNothing() throws Exception {
    Map<String, FeatureValue> atOnce;
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.describe(USER, PublishedMeta.profile(0));
      harness.addAll(events(0));
      atOnce = harness.onlyRow();
      harness.addAll(events(0));
      harness.describe(USER, PublishedMeta.profile(0));
      harness.announce(first.announced(ACTIVE));
      assertThat(harness.rows()).as("again").isEmpty();
    }
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      List<Event> backwards = new ArrayList<>(events(0));
      Collections.reverse(backwards);
      for (Event event : backwards) {
        harness.add(event);
        assertThat(harness.onlyRow()).isNotEmpty();
      }
      harness.describe(USER, PublishedMeta.profile(0));
      assertThat(harness.onlyRow()).as("one by one, the profile last").isEqualTo(atOnce);
    }
  }

  @Test
  void aRestoredTaskEndsInTheRowsOfAnUninterruptedOne() throws Exception {
    List<Event> events = events(0);
    List<Event> before = events.subList(0, 4);
    List<Event> after = events.subList(4, events.size());
    Map<String, FeatureValue> uninterrupted;
    OperatorSubtaskState checkpoint;
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.describe(USER, PublishedMeta.profile(0));
      harness.addAll(before);
      harness.prepareSnapshotPreBarrier(1);
      checkpoint = harness.snapshot(1, 1);
      harness.getOutput().clear();
      harness.addAll(after);
      uninterrupted = harness.onlyRow();
    }
    try (Harness harness = Harness.create()) {
      harness.initializeState(checkpoint);
      harness.open();
      harness.addAll(after);
      assertThat(harness.onlyRow()).isEqualTo(uninterrupted);
    }
  }

  @Test
  void whoGoesBeyondTwentyInteractionsHasNoRowAnyMore() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      for (int i = 0; i < AdaptedFold.MOST; i++) {
        harness.add(rated("m" + i, i));
      }
      assertThat(harness.onlyRow())
          .containsEntry("interactions", new FeatureValue.Int64(AdaptedFold.MOST));
      harness.add(rated("m" + AdaptedFold.MOST, AdaptedFold.MOST));
      assertThat(harness.onlyRow()).as("deletes").isEmpty();
      harness.add(rated("m" + (AdaptedFold.MOST + 1), AdaptedFold.MOST + 1));
      assertThat(harness.rows()).as("is gone already").isEmpty();
    }
  }

  private static Event rated(String item, int minute) {
    return TestEvents.rating("e" + item, USER.value(), item, 4, Duration.ofMinutes(minute));
  }

  @Test
  void layersAdaptToWhatWasRatedAsTheModelWasLearned() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.add(TestEvents.click("c1", USER.value(), "m1", Duration.ofMinutes(1)));
      harness.add(TestEvents.click("c2", USER.value(), "m3", Duration.ofMinutes(2)));
      harness.describe(USER, PublishedMeta.profile(0));
      assertThat(harness.rows()).as("nothing was rated").isEmpty();
      harness.add(rated("m3", 3));
      harness.add(TestEvents.click("c3", USER.value(), "m4", Duration.ofMinutes(4)));
      History rated =
          new History(
              3,
              List.of(
                  new History.Entry(ItemId.of("m3"), 4, TestEvents.millis(Duration.ofMinutes(3)))));
      assertThat(harness.onlyRow())
          .isEqualTo(features(first.model().adapt(PublishedMeta.profile(0), rated), 3));
    }
  }

  /** An earlier job may have left a row of its clicks. */
  @Test
  void whoOnlyClickedHasARowDeletedBeyondTwentyInteractions() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      for (int i = 0; i < AdaptedFold.MOST; i++) {
        harness.add(TestEvents.click("c" + i, USER.value(), "m" + i, Duration.ofMinutes(i)));
      }
      assertThat(harness.rows()).as("nothing was rated").isEmpty();
      Duration last = Duration.ofMinutes(AdaptedFold.MOST);
      harness.add(TestEvents.click("last", USER.value(), "last", last));
      assertThat(harness.onlyRow()).as("deletes").isEmpty();
    }
  }

  @Test
  void aNewModelTakesAwayWhatAnEarlierJobMadeOfClicks() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.add(TestEvents.click("c1", USER.value(), "m1", Duration.ofMinutes(1)));
      harness.announce(first.announced(ACTIVE));
      assertThat(harness.onlyRow()).as("deletes").isEmpty();
    }
  }

  @Test
  void onlyASetThatServesIsAdaptedAndANewerOneAdaptsEverybodyAgain() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.addAll(events(0));
      harness.announce(first.announced(ANNOUNCED));
      assertThat(harness.rows()).isEmpty();
      harness.announce(first.announced(ACTIVE));
      assertThat(harness.onlyRow())
          .isEqualTo(features(first.model().adapt(null, history(0)), history(0).interactions()));
      harness.announce(second.announced(ANNOUNCED));
      assertThat(harness.rows()).as("the first serves").isEmpty();
      harness.announce(second.announced(ACTIVE));
      assertThat(harness.onlyRow())
          .containsEntry("meta_version", new FeatureValue.Text(second.model().version()));
      harness.announce(first.announced(ACTIVE));
      assertThat(harness.rows()).as("is older").isEmpty();
    }
  }

  @Test
  void aProfileChangesTheLayersUntilItIsDeleted() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.describe(USER, PublishedMeta.profile(0));
      assertThat(harness.rows()).as("no interaction yet").isEmpty();
      harness.addAll(events(0));
      Map<String, FeatureValue> described = harness.onlyRow();
      harness.describe(USER, null);
      Map<String, FeatureValue> plain = harness.onlyRow();
      assertThat(plain.get("user_half")).isNotEqualTo(described.get("user_half"));
      assertThat(plain)
          .isEqualTo(features(first.model().adapt(null, history(0)), history(0).interactions()));
    }
  }

  @Test
  void anErasedUserStartsAnew() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.describe(USER, PublishedMeta.profile(0));
      harness.addAll(events(0));
      harness.rows();
      String key = harness.keys.join("movies", USER.value());
      harness.processElement2(Signal.erased(key, TestEvents.millis(Duration.ofHours(1))), 0);
      assertThat(harness.onlyRow()).isEmpty();
      harness.add(rated("m3", 59));
      assertThat(harness.rows()).as("is older than the erasure").isEmpty();
      harness.add(rated("m3", 61));
      History one =
          new History(
              1,
              List.of(
                  new History.Entry(
                      ItemId.of("m3"), 4, TestEvents.millis(Duration.ofMinutes(61)))));
      assertThat(harness.onlyRow())
          .as("the profile is gone, too")
          .isEqualTo(features(first.model().adapt(null, one), 1));
    }
  }

  @Test
  void anAdaptationThatRunsAwayLeavesNoLayers() throws Exception {
    PublishedMeta wild =
        PublishedMeta.publish(folder, 3, new InnerLoop(AdaptedPart.LATER, 20, 1e6));
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.addAll(events(0));
      assertThat(harness.onlyRow()).isNotEmpty();
      harness.announce(wild.announced(ACTIVE));
      assertThat(harness.onlyRow()).as("deletes").isEmpty();
    }
  }

  @Test
  void aSetThatCannotBeReadIsNamedAndTheLastGoodOneStays() throws Exception {
    Files.delete(folder.resolve("sets").resolve(second.set().version() + ".json"));
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.announce(second.announced(ACTIVE));
      harness.add(rated("m3", 1));
      DeadLetter letter = harness.getSideOutput(Folds.REJECTED).element().getValue();
      assertThat(letter.rejection().value()).isEqualTo(second.set().version());
      assertThat(harness.onlyRow())
          .containsEntry("meta_version", new FeatureValue.Text(first.model().version()));
    }
  }

  @Test
  void theLayersOfASilentSessionAreDeleted() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      String session = UserId.ofSession("s1").value();
      harness.add(TestEvents.rating("e1", session, "m1", 4, Duration.ZERO));
      assertThat(harness.onlyRow()).isNotEmpty();
      harness.processBothWatermarks(new Watermark(TestEvents.millis(Duration.ofDays(30))));
      assertThat(harness.onlyRow()).isEmpty();
      harness.announce(second.announced(ACTIVE));
      assertThat(harness.rows()).isEmpty();
    }
  }
}
