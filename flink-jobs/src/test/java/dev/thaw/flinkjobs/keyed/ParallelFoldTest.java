package dev.thaw.flinkjobs.keyed;

import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.flinkjobs.histories.HistoryViewFold;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The keyed operator in several tasks, each with a part of the keys. */
class ParallelFoldTest {
  private static final int GROUPS = 128;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final ViewKeys KEYS = ViewKeys.of(List.of("user_id", "domain"));
  private static final List<String> USERS =
      IntStream.range(0, 20).mapToObj(number -> "u" + number).toList();

  /** One task of several. */
  private static final class Task
      extends KeyedTwoInputStreamOperatorTestHarness<String, Event, Signal, ViewRow> {
    private final int tasks;
    private final int index;

    Task(int tasks, int index) throws Exception {
      super(
          Folds.operatorWithSignals(
              new HistoryViewFold(
                  "user_history", Duration.ofDays(3650), DomainDefinitions.shipped(), KEYS),
              StateTypes.HISTORY,
              Duration.ofMillis(100),
              REMEMBERED),
          KEYS::textOf,
          null,
          Types.STRING,
          GROUPS,
          tasks,
          index);
      this.tasks = tasks;
      this.index = index;
      getExecutionConfig().enableObjectReuse();
      setup(StreamTypes.VIEW_ROW.createSerializer(getExecutionConfig().getSerializerConfig()));
    }

    /** As Flink would send it here. */
    boolean has(String key) {
      return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, GROUPS, tasks) == index;
    }

    /** Users of whom rows came out since the last call, deletions too. */
    List<String> told() throws Exception {
      prepareSnapshotPreBarrier(1);
      List<String> users =
          extractOutputValues().stream()
              .map(row -> row.row().key().joinKeys().get("user_id"))
              .map(user -> ((FeatureValue.Text) user).value())
              .toList();
      getOutput().clear();
      return users;
    }

    OperatorSubtaskState checkpoint() throws Exception {
      prepareSnapshotPreBarrier(1);
      return snapshot(1, 1);
    }
  }

  private static String key(String user) {
    return KEYS.join("movies", user);
  }

  private static List<Task> tasks(int tasks) throws Exception {
    List<Task> all = new ArrayList<>();
    for (int index = 0; index < tasks; index++) {
      all.add(new Task(tasks, index));
    }
    return all;
  }

  private static void open(List<Task> tasks) throws Exception {
    for (Task task : tasks) {
      task.open();
    }
  }

  private static void restore(List<Task> tasks, List<OperatorSubtaskState> from) throws Exception {
    OperatorSubtaskState all =
        AbstractStreamOperatorTestHarness.repackageState(from.toArray(new OperatorSubtaskState[0]));
    for (Task task : tasks) {
      task.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              all, GROUPS, from.size(), tasks.size(), task.index));
      task.open();
    }
  }

  private static void close(List<Task> tasks) throws Exception {
    for (Task task : tasks) {
      task.close();
    }
  }

  private static void add(List<Task> tasks, String user, Duration offset) throws Exception {
    Event event = click("e" + offset, user, "m1", offset);
    for (Task task : tasks) {
      if (task.has(key(user))) {
        task.processElement1(event, event.timeMillis());
      }
    }
  }

  private static void erase(List<Task> tasks, String user, Duration offset) throws Exception {
    for (Task task : tasks) {
      task.processElement2(Signal.erased(key(user), millis(offset)), 0);
    }
  }

  private static List<String> told(List<Task> tasks) throws Exception {
    List<String> all = new ArrayList<>();
    for (Task task : tasks) {
      all.addAll(task.told());
    }
    return all;
  }

  @Test
  void everyTaskHearsAnErasureAndTheOneThatHasTheKeyFollowsIt() throws Exception {
    List<Task> tasks = tasks(2);
    open(tasks);
    for (String user : USERS) {
      add(tasks, user, Duration.ZERO);
    }
    assertThat(told(tasks)).containsExactlyInAnyOrderElementsOf(USERS);
    for (String user : USERS) {
      erase(tasks, user, Duration.ofMinutes(1));
    }
    for (Task task : tasks) {
      assertThat(task.numKeyedStateEntries()).isZero();
      assertThat(task.told())
          .isNotEmpty()
          .allMatch(user -> task.has(key(user)))
          .doesNotHaveDuplicates();
    }
    close(tasks);
  }

  @Test
  void recordsThatAreNewerThanAnErasureStayAlsoIfTheyHaveOvertakenIt() throws Exception {
    try (Task task = new Task(1, 0)) {
      task.open();
      take(task, "older", Duration.ofMinutes(1));
      take(task, "newer", Duration.ofMinutes(3));
      erase(List.of(task), "u", Duration.ofMinutes(2));
      take(task, "newest", Duration.ofMinutes(4));
      erase(List.of(task), "u", Duration.ofMinutes(2));
      task.prepareSnapshotPreBarrier(1);
      List<ViewRow> rows = task.extractOutputValues();
      assertThat(rows.get(0).isDeletion()).isTrue();
      assertThat(rows.get(rows.size() - 1).row().get("item_ids"))
          .contains(new FeatureValue.Texts(List.of("newest", "newer")));
    }
  }

  @Test
  void resultsOfAHistoryWaitLongerThanThoseOfNow() throws Exception {
    try (Task task = new Task(1, 0)) {
      task.open();
      task.setProcessingTime(millis(Duration.ofDays(1)));
      take(task, "old", Duration.ofMinutes(1));
      task.setProcessingTime(millis(Duration.ofDays(1)) + 999);
      assertThat(task.extractOutputValues()).isEmpty();
      task.setProcessingTime(millis(Duration.ofDays(1)) + 1_000);
      assertThat(task.extractOutputValues()).hasSize(1);
      take(task, "new", Duration.ofDays(1));
      task.setProcessingTime(millis(Duration.ofDays(1)) + 1_100);
      assertThat(task.extractOutputValues()).hasSize(2);
    }
  }

  private static void take(Task task, String item, Duration offset) throws Exception {
    Event event = click("e" + offset, "u", item, offset);
    task.processElement1(event, event.timeMillis());
  }

  @Test
  void whatComesLongAfterAnErasureAndIsOlderIsForgottenTooAlsoAfterRescaling() throws Exception {
    List<Task> before = tasks(1);
    open(before);
    for (String user : USERS) {
      erase(before, user, Duration.ofMinutes(2));
    }
    Duration later = Duration.ofMinutes(2).plus(REMEMBERED.multipliedBy(2));
    before.get(0).processBothWatermarks(new Watermark(millis(later)));
    told(before);
    for (String user : USERS) {
      add(before, user, Duration.ofMinutes(1));
    }
    assertThat(told(before)).isEmpty();
    List<OperatorSubtaskState> checkpoint = List.of(before.get(0).checkpoint());
    close(before);
    List<Task> after = tasks(2);
    restore(after, checkpoint);
    for (String user : USERS) {
      add(after, user, Duration.ofMinutes(2));
    }
    assertThat(told(after)).isEmpty();
    for (String user : USERS) {
      add(after, user, Duration.ofMinutes(3));
    }
    assertThat(told(after)).containsExactlyInAnyOrderElementsOf(USERS);
    close(after);
  }

  @Test
  void erasuresAreRememberedWhenThereAreMoreOrFewerTasksThanBefore() throws Exception {
    for (int[] change : new int[][] {{1, 2}, {2, 1}, {2, 3}}) {
      List<Task> before = tasks(change[0]);
      open(before);
      for (String user : USERS) {
        erase(before, user, Duration.ofMinutes(2));
      }
      List<OperatorSubtaskState> checkpoint = new ArrayList<>();
      for (Task task : before) {
        checkpoint.add(task.checkpoint());
      }
      close(before);
      List<Task> after = tasks(change[1]);
      restore(after, checkpoint);
      for (String user : USERS) {
        add(after, user, Duration.ofMinutes(1));
      }
      assertThat(told(after)).isEmpty();
      for (String user : USERS) {
        add(after, user, Duration.ofMinutes(3));
      }
      assertThat(told(after)).containsExactlyInAnyOrderElementsOf(USERS);
      close(after);
    }
  }

  @Test
  void afterARestartTimeIsThatOfTheTaskThatWasFurthestBehind() throws Exception {
    List<Task> before = tasks(2);
    open(before);
    for (Task task : before) {
      task.processBothWatermarks(new Watermark(millis(Duration.ofHours(2 + task.index))));
    }
    List<OperatorSubtaskState> checkpoint = new ArrayList<>();
    for (Task task : before) {
      checkpoint.add(task.checkpoint());
    }
    close(before);
    List<Task> after = tasks(2);
    restore(after, checkpoint);
    for (Task task : after) {
      assertThat(watermarkOf(task)).isEqualTo(millis(Duration.ofHours(2)));
    }
    close(after);
  }

  private static long watermarkOf(Task task) {
    return ((KeyedFoldOperator<?, ?, ?>) task.getOperator()).context().watermark();
  }
}
