package dev.thaw.serving.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
    final Deque<CompletableFuture<Void>> answers = new ConcurrentLinkedDeque<>();
    volatile boolean up = true;

    /** Takes nothing that has this key. */
    volatile String refusedKey = "";

    @Override
    public CompletableFuture<Void> send(List<LogRecord> records) {
      if (!up) {
        return CompletableFuture.failedFuture(new IOException("no broker"));
      }
      for (LogRecord each : records) {
        if (each.key().equals(refusedKey)) {
          return CompletableFuture.failedFuture(
              new RecordRefusedException(each, new IOException("too large")));
        }
      }
      CompletableFuture<Void> later = answers.poll();
      if (later != null) {
        return later;
      }
      records.forEach(each -> arrived.add(each.key() + "=" + new String(each.value(), UTF_8)));
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
      assertThat(remote.arrived).containsExactly("a=1", "b=1");
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
      waitUntilDirect(log);
      log.append(List.of(record("c"))).join();
      assertThat(remote.arrived).containsExactly("a=1", "b=1", "c=1");
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
      waitUntilDirect(log);
      assertThat(remote.arrived).containsExactly("a=1");
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

  @Test
  void aRecordThatIsNeverTakenDoesNotHoldUpTheOthersAndIsKept() throws Exception {
    remote.up = false;
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      log.append(List.of(record("a"), record("b"), record("c"))).join();
      remote.refusedKey = "b";
      remote.up = true;
      waitUntilDirect(log);
      assertThat(remote.arrived).containsExactly("a=1", "c=1");
      log.append(List.of(record("d"))).join();
      assertThat(remote.arrived).containsExactly("a=1", "c=1", "d=1");
    }
    assertThat(Files.readAllLines(folder.resolve(RefusedRecords.FILE)))
        .singleElement()
        .asString()
        .contains("\"topic\":\"topic\"", "\"key\":\"b\"", "too large", "\"value\":\"MQ==\"");
  }

  @Test
  void refusedRecordsOfADirectAppendDoNotOpenTheWayToTheJournalForGood() throws Exception {
    remote.refusedKey = "b";
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      for (int i = 0; i < 20; i++) {
        log.append(List.of(record("b"))).join();
        waitUntilDirect(log);
      }
      log.append(List.of(record("a"))).join();
      assertThat(remote.arrived).containsExactly("a=1");
    }
  }

  @Test
  void whatWasAppendedLastArrivesLastAlsoWhenAnEarlierBatchFailsAfterALaterOneArrived()
      throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    remote.answers.add(first);
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      CompletableFuture<Void> old = log.append(List.of(LogRecord.of("topic", "u", "old")));
      while (!remote.answers.isEmpty()) {
        Thread.sleep(1);
      }
      log.append(List.of(LogRecord.of("topic", "u", "new"))).join();
      assertThat(remote.arrived).containsExactly("u=new");
      first.completeExceptionally(new IOException("expired"));
      old.join();
      waitUntilDirect(log);
      assertThat(remote.arrived).containsExactly("u=new", "u=old", "u=new");
    }
  }

  @Test
  void whatIsAppendedWhileABatchHasJustFailedComesBehindIt() throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    remote.answers.add(first);
    try (EventLog log = JournaledEventLog.over(remote, settings())) {
      CompletableFuture<Void> old = log.append(List.of(LogRecord.of("topic", "u", "old")));
      while (!remote.answers.isEmpty()) {
        Thread.sleep(1);
      }
      first.completeExceptionally(new IOException("expired"));
      CompletableFuture<Void> young = log.append(List.of(LogRecord.of("topic", "u", "new")));
      old.join();
      young.join();
      waitUntilDirect(log);
      assertThat(remote.arrived).endsWith("u=old", "u=new");
    }
  }

  @Test
  void aSenderThatThrowsIsLikeOneThatFails() throws Exception {
    RecordSender broken =
        new RecordSender() {
          @Override
          public CompletableFuture<Void> send(List<LogRecord> records) {
            throw new IllegalStateException("closed");
          }

          @Override
          public void close() {}
        };
    try (EventLog log = JournaledEventLog.over(broken, settings())) {
      log.append(List.of(record("a"))).get(5, TimeUnit.SECONDS);
      log.append(List.of(record("b"))).get(5, TimeUnit.SECONDS);
      assertThat(log.state()).isEqualTo(EventLog.State.JOURNAL);
    }
  }

  private static void waitUntilDirect(EventLog log) throws InterruptedException {
    while (log.state() != EventLog.State.DIRECT) {
      Thread.sleep(5);
    }
  }

  private static LogRecord record(String key) {
    return LogRecord.of("topic", key, "1");
  }
}
