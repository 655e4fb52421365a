package dev.thaw.serving.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JournaledEventLogTest {
  @TempDir Path folder;

  private final Remote remote = new Remote();

  /** A remote end that can be taken away and comes back. */
  private static final class Remote implements RecordSender {
    final List<String> arrived = new CopyOnWriteArrayList<>();
    volatile boolean up = true;

    @Override
    public CompletableFuture<Void> send(List<LogRecord> records) {
      if (!up) {
        return CompletableFuture.failedFuture(new java.io.IOException("no broker"));
      }
      records.forEach(each -> arrived.add(each.key()));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private JournaledEventLog.Settings settings() {
    return new JournaledEventLog.Settings(
        folder, 4_000, 1 << 20, Duration.ofSeconds(1), Duration.ofMillis(10));
  }

  @Test
  void sendsStraightWhileTheRemoteEndAnswers() {
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      log.append(List.of(record("a"), record("b"))).join();
      assertThat(remote.arrived).containsExactly("a", "b");
      assertThat(log.state()).isEqualTo(EventLog.State.DIRECT);
      assertThat(log.backlog()).isZero();
    }
  }

  @Test
  void acknowledgesFromTheJournalAndReplaysWhenTheRemoteEndIsBack() throws Exception {
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      remote.up = false;
      log.append(List.of(record("a"))).join();
      log.append(List.of(record("b"))).join();
      assertThat(remote.arrived).isEmpty();
      assertThat(log.state()).isEqualTo(EventLog.State.JOURNAL);
      assertThat(log.backlog()).isPositive();
      remote.up = true;
      while (log.state() != EventLog.State.DIRECT) {
        Thread.sleep(5);
      }
      log.append(List.of(record("c"))).join();
      assertThat(remote.arrived).containsExactly("a", "b", "c");
    }
  }

  @Test
  void anotherProcessReplaysWhatThisOneLeft() throws Exception {
    remote.up = false;
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      log.append(List.of(record("a"))).join();
    }
    remote.up = true;
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      while (log.state() != EventLog.State.DIRECT) {
        Thread.sleep(5);
      }
      assertThat(remote.arrived).containsExactly("a");
    }
  }

  @Test
  void aFullJournalRefusesAndSaysSo() {
    try (EventLog log = JournaledEventLog.journalOnly(settings())) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  log.append(List.of(record("k" + i))).join();
                }
              })
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(LogFullException.class)
          .hasMessageContaining("of at most 4000");
      assertThat(log.state()).isEqualTo(EventLog.State.FULL);
    }
  }

  @Test
  void aClosedLogRefuses() {
    EventLog log = JournaledEventLog.journalOnly(settings());
    log.close();
    assertThatThrownBy(() -> log.append(List.of(record("late"))).join())
        .hasCauseInstanceOf(LogFullException.class);
  }

  private static LogRecord record(String key) {
    return LogRecord.of("topic", key, "value of " + key);
  }
}
