package dev.thaw.flinkjobs.foldinusers;

import static dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status.ACTIVE;
import static dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status.ANNOUNCED;
import static dev.thaw.flinkjobs.TestEvents.MOVIES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserId;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFactorsFoldTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration YEARS = Duration.ofDays(3650);

  @TempDir Path folder;
  private PublishedFactors first;
  private PublishedFactors second;

  private static final class Harness
      extends KeyedTwoInputStreamOperatorTestHarness<String, Event, Signal, ViewRow> {
    private final ViewKeys keys;

    private Harness(ViewKeys keys) throws Exception {
      super(
          Folds.operatorWithSignals(
              new UserFactorsFold(
                  new HistoryViewFold(FoldInUsers.VIEW, YEARS, DomainDefinitions.shipped(), keys),
                  FoldInUsers.VIEW,
                  keys),
              StateTypes.HISTORY,
              INTERVAL,
              Duration.ofHours(1)),
          keys::textOf,
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
      processElement1(event, event.timeMillis());
    }

    void announce(ArtefactAnnouncement announcement) throws Exception {
      processElement2(Signal.announced(announcement), 0);
    }

    void erase(UserId user, Duration offset) throws Exception {
      String key = keys.join("movies", user.value());
      processElement2(Signal.erased(key, TestEvents.millis(offset)), 0);
    }

    /** What has been given out since the last call. */
    List<FeatureRow> rows() throws Exception {
      prepareSnapshotPreBarrier(1);
      List<FeatureRow> rows = new ArrayList<>();
      for (ViewRow each : extractOutputValues()) {
        assertThat(each.view()).isEqualTo("user_factors");
        rows.add(each.row());
      }
      getOutput().clear();
      return rows;
    }
  }

  @BeforeEach
  void train() {
    first = PublishedFactors.publish(folder, 4, 1);
    second = PublishedFactors.publish(folder, 5, 2);
  }

  /** The training data as the events that it came from. */
  private static List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int u = 0; u < PublishedFactors.USERS; u++) {
      UserId user = PublishedFactors.user(u);
      for (History.Entry each : history(u).entries()) {
        Duration offset = Duration.ofMillis(each.timeMillis() - TestEvents.START.toEpochMilli());
        events.add(
            TestEvents.rating(
                user.value() + each.item(), user.value(), each.item().value(), 5, offset));
      }
    }
    return events;
  }

  private static History history(int user) {
    return PublishedFactors.DATA.history(PublishedFactors.user(user));
  }

  private static EntityKey key(UserId user) {
    return EntityKey.of("user_id", user.value(), "domain", MOVIES.value());
  }

  private static void assertVector(
      FeatureRow row, String prefix, PublishedFactors factors, History history) {
    assertThat(row.get(prefix + "space")).contains(new FeatureValue.Text(factors.space()));
    float[] expected = factors.model().foldIn(history).vector();
    assertThat(row.get(prefix + "vector")).contains(FeatureValue.Float32s.copyOf(expected));
  }

  @Test
  void aHistoryInTheStreamHasTheVectorOfTheTrainedSolution() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      for (Event event : events()) {
        harness.add(event);
      }
      List<FeatureRow> rows = harness.rows();
      assertThat(rows).hasSize(PublishedFactors.USERS);
      for (int u = 0; u < PublishedFactors.USERS; u++) {
        FeatureRow row = rows.get(u);
        assertThat(row.key()).isEqualTo(key(PublishedFactors.user(u)));
        assertVector(row, "", first, history(u));
        assertThat(row.get("interactions"))
            .contains(new FeatureValue.Int64(history(u).entries().size()));
        assertThat(row.get("previous_vector")).isEmpty();
        assertThat(row.eventTime().toEpochMilli())
            .isEqualTo(history(u).entries().get(0).timeMillis());
      }
    }
  }

  @Test
  void beforeAnyModelThereIsNoRowAndTheFirstGivesAllOfThem() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      events().forEach(event -> uncheckedAdd(harness, event));
      assertThat(harness.rows()).isEmpty();
      harness.announce(first.announced(ANNOUNCED));
      assertThat(harness.rows()).hasSize(PublishedFactors.USERS);
    }
  }

  private static void uncheckedAdd(Harness harness, Event event) {
    try {
      harness.add(event);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNewSetRefoldsEveryoneAndKeepsTheVectorThatStillServes() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      events().forEach(event -> uncheckedAdd(harness, event));
      List<FeatureRow> before = harness.rows();
      harness.announce(second.announced(ANNOUNCED));
      List<FeatureRow> rows = harness.rows();
      assertThat(rows)
          .extracting(FeatureRow::key)
          .containsExactlyInAnyOrderElementsOf(before.stream().map(FeatureRow::key).toList());
      for (FeatureRow row : rows) {
        FeatureRow old =
            before.stream().filter(each -> each.key().equals(row.key())).findFirst().orElseThrow();
        assertThat(row.get("space")).contains(new FeatureValue.Text(second.space()));
        assertThat(row.get("previous_space")).isEqualTo(old.get("space"));
        assertThat(row.get("previous_vector")).isEqualTo(old.get("vector"));
        assertThat(row.get("previous_bias")).isEqualTo(old.get("bias"));
        assertThat(row.eventTime()).isEqualTo(old.eventTime());
      }
      harness.announce(second.announced(ACTIVE));
      assertThat(harness.rows()).as("was announced").isEmpty();
      harness.announce(first.announced(ANNOUNCED));
      assertThat(harness.rows()).as("is older").isEmpty();
    }
  }

  @Test
  void slicesLeaveBetweenRecordsAndNotOnlyAtTheBarrier() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      for (int user = 0; user < 600; user++) {
        harness.add(TestEvents.click("e", "many" + user, "m1", Duration.ZERO));
      }
      assertThat(harness.rows()).isEmpty();
      harness.announce(first.announced(ANNOUNCED));
      assertThat(harness.getOutput()).isEmpty();
      harness.setProcessingTime(1);
      assertThat(harness.getOutput().size()).isPositive();
      assertThat(harness.rows()).hasSize(600);
    }
  }

  @Test
  void aReplayChangesNothing() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      events().forEach(event -> uncheckedAdd(harness, event));
      assertThat(harness.rows()).isNotEmpty();
      events().forEach(event -> uncheckedAdd(harness, event));
      harness.announce(first.announced(ACTIVE));
      assertThat(harness.rows()).isEmpty();
    }
  }

  @Test
  void aRestoredTaskGoesOnUnderBothSets() throws Exception {
    OperatorSubtaskState checkpoint;
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.announce(second.announced(ANNOUNCED));
      events().forEach(event -> uncheckedAdd(harness, event));
      harness.prepareSnapshotPreBarrier(1);
      checkpoint = harness.snapshot(1, 1);
    }
    try (Harness harness = Harness.create()) {
      harness.initializeState(checkpoint);
      harness.open();
      harness.add(TestEvents.rating("new", "u10", "m29", 5, Duration.ofHours(1)));
      FeatureRow row = harness.rows().get(0);
      List<History.Entry> entries = new ArrayList<>();
      entries.add(
          new History.Entry(
              dev.thaw.featuredefinitions.vocabulary.ItemId.of("m29"),
              5,
              TestEvents.millis(Duration.ofHours(1))));
      entries.addAll(history(0).entries());
      History longer = new History(entries.size(), entries);
      assertVector(row, "", second, longer);
      assertVector(row, "previous_", first, longer);
    }
  }

  @Test
  void aSetThatCannotBeReadIsNamedAndTheLastGoodOneStays() throws Exception {
    Files.delete(folder.resolve("sets").resolve(second.set().version() + ".json"));
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.announce(second.announced(ANNOUNCED));
      harness.add(TestEvents.click("e1", "u10", "m1", Duration.ZERO));
      DeadLetter letter = harness.getSideOutput(Folds.REJECTED).element().getValue();
      assertThat(letter.rejection().field()).isEqualTo("set_version");
      assertThat(letter.rejection().value()).isEqualTo(second.set().version());
      assertThat(letter.rejection().reason()).contains("is missing");
      assertThat(harness.rows().get(0).get("space")).contains(new FeatureValue.Text(first.space()));
    }
  }

  @Test
  void anErasedUserStartsAnewAndOlderEventsThatStillComeAreForgottenToo() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      UserId user = PublishedFactors.user(0);
      events().forEach(event -> uncheckedAdd(harness, event));
      harness.rows();
      harness.erase(user, Duration.ofHours(1));
      List<FeatureRow> gone = harness.rows();
      assertThat(gone).hasSize(1);
      assertThat(gone.get(0).key()).isEqualTo(key(user));
      assertThat(gone.get(0).features()).isEmpty();
      harness.add(TestEvents.click("old", user.value(), "m3", Duration.ofMinutes(59)));
      assertThat(harness.rows()).isEmpty();
      harness.add(TestEvents.click("new", user.value(), "m6", Duration.ofMinutes(61)));
      assertThat(harness.rows().get(0).get("interactions")).contains(new FeatureValue.Int64(1));
    }
  }

  @Test
  void theFactorsOfASilentSessionAreDeletedAndNotGivenOutAgainWithTheNextSet() throws Exception {
    try (Harness harness = Harness.create()) {
      harness.open();
      harness.announce(first.announced(ACTIVE));
      harness.add(TestEvents.click("e1", UserId.ofSession("s1").value(), "m1", Duration.ZERO));
      assertThat(harness.rows()).singleElement().matches(row -> !row.features().isEmpty());
      harness.processBothWatermarks(new Watermark(TestEvents.millis(Duration.ofDays(30))));
      assertThat(harness.rows()).singleElement().matches(row -> row.features().isEmpty());
      harness.announce(second.announced(ANNOUNCED));
      assertThat(harness.rows()).isEmpty();
    }
  }
}
