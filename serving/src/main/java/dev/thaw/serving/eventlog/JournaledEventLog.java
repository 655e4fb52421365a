package dev.thaw.serving.eventlog;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to the remote end while it answers; else, and until everything journalled has been
 * replayed, appends to the journal. One thread writes, so that appends that wait together share one
 * fsync; one thread replays.
 *
 * <p>The last record of a key is the last that was appended. So when sending a batch fails, that
 * batch and all sent behind it go to the journal in their order, also those that have arrived:
 * readers drop records they have seen, by event id, request id or version. A record that the remote
 * end will never take doesn't hold up those behind it; see {@link RefusedRecords}.
 */
public final class JournaledEventLog implements EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledEventLog.class);

  /**
   * @param journal folder of the journal
   * @param journalBytes writes are refused when the journal holds this much
   * @param queuedBytes writes are refused when this much waits in memory
   * @param patience of a replay
   * @param replayEvery how often the journal is looked at
   */
  public record Settings(
      Path journal, long journalBytes, long queuedBytes, Duration patience, Duration replayEvery) {
    public static Settings in(Path journal) {
      return new Settings(
          journal, 512L << 20, 64L << 20, Duration.ofSeconds(3), Duration.ofMillis(200));
    }

    public Settings withJournalBytes(long bytes) {
      return new Settings(journal, bytes, queuedBytes, patience, replayEvery);
    }
  }

  private record Pending(List<LogRecord> records, CompletableFuture<Void> done) {
    /** Wakes the writer, nothing else. */
    static final Pending WAKE = new Pending(List.of(), CompletableFuture.completedFuture(null));
  }

  /** A batch on its way to the remote end. */
  private static final class Sent {
    final List<Pending> batch;
    volatile State state = State.UNDERWAY;

    enum State {
      UNDERWAY,
      ARRIVED,
      FAILED
    }

    Sent(List<Pending> batch) {
      this.batch = batch;
    }
  }

  private static final int REPLAY_CHUNK = 500;
  private static final long SEGMENT_BYTES = 16L << 20;

  private final @Nullable RecordSender sender;
  private final Settings settings;
  private final Journal journal;
  private final CircuitBreaker breaker;
  private final RefusedRecords refused;

  /** In the order they were sent in; of the writer alone. */
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();

  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final Thread writer;
  private final Thread replayer;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean closing;

  /** Records still to be replayed one by one, since one of them is refused; of the replayer. */
  private int alone;

  private JournaledEventLog(@Nullable RecordSender sender, Settings settings) {
    this.sender = sender;
    this.settings = settings;
    this.journal = Journal.open(settings.journal(), settings.journalBytes(), SEGMENT_BYTES);
    this.refused = new RefusedRecords(settings.journal());
    this.breaker =
        CircuitBreaker.of(
            "event-log",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(10)
                .minimumNumberOfCalls(3)
                .waitDurationInOpenState(Duration.ofSeconds(1))
                .permittedNumberOfCallsInHalfOpenState(1)
                // else a breaker that opens with the last replayed record would stay open
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    this.writer = new Thread(this::write, "event-log-writer");
    this.replayer = new Thread(this::replay, "event-log-replay");
    writer.setDaemon(true);
    replayer.setDaemon(true);
    writer.start();
    replayer.start();
  }

  /**
   * The remote end first, the journal behind it. Closes the sender with itself.
   *
   * @throws IllegalStateException if another log of this or another process has the journal open
   */
  public static JournaledEventLog over(RecordSender sender, Settings settings) {
    try {
      return new JournaledEventLog(sender, settings);
    } catch (RuntimeException e) {
      sender.close();
      throw e;
    }
  }

  /**
   * Only the journal: for servers that are to keep accepting before there is any Kafka.
   *
   * @throws IllegalStateException if another log of this or another process has the journal open
   */
  public static JournaledEventLog journalOnly(Settings settings) {
    return new JournaledEventLog(null, settings);
  }

  @Override
  public CompletableFuture<Void> append(List<LogRecord> records) {
    long bytes = records.stream().mapToLong(LogRecord::size).sum();
    if (closing) {
      return CompletableFuture.failedFuture(new LogFullException("the server is shutting down"));
    }
    if (queuedBytes.addAndGet(bytes) > settings.queuedBytes()) {
      queuedBytes.addAndGet(-bytes);
      return CompletableFuture.failedFuture(
          new LogFullException(
              "more than "
                  + settings.queuedBytes()
                  + " bytes wait to be written; try again later"));
    }
    inFlight.incrementAndGet();
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.add(new Pending(List.copyOf(records), done));
    return done.whenComplete(
        (ok, failed) -> {
          queuedBytes.addAndGet(-bytes);
          inFlight.decrementAndGet();
        });
  }

  @Override
  public State state() {
    if (journal.isFull()) {
      return State.FULL;
    }
    return journal.isEmpty() && breaker.getState() != CircuitBreaker.State.OPEN && sender != null
        ? State.DIRECT
        : State.JOURNAL;
  }

  @Override
  public long backlog() {
    return journal.bytes();
  }

  private void write() {
    List<Pending> batch = new ArrayList<>();
    while (true) {
      try {
        Pending first = queue.poll(50, TimeUnit.MILLISECONDS);
        settle();
        if (first == null) {
          if (closing && inFlight.get() == 0) {
            return;
          }
          continue;
        }
        batch.add(first);
        queue.drainTo(batch, 1000);
        batch.removeIf(each -> each == Pending.WAKE);
        if (!batch.isEmpty()) {
          dispatch(List.copyOf(batch));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        batch.clear();
      }
    }
  }

  /** Forgets what has arrived; after a failure, journals what was sent from the first open on. */
  private void settle() {
    while (!sent.isEmpty() && sent.element().state == Sent.State.ARRIVED) {
      sent.remove();
    }
    if (sent.stream().anyMatch(each -> each.state == Sent.State.FAILED)) {
      List<Pending> open = new ArrayList<>();
      sent.forEach(each -> open.addAll(each.batch));
      sent.clear();
      keep(open);
    }
  }

  private void dispatch(List<Pending> batch) {
    RecordSender remote = sender;
    if (remote != null && journal.isEmpty() && breaker.tryAcquirePermission()) {
      send(remote, batch);
    } else {
      keep(batch);
    }
  }

  private void send(RecordSender remote, List<Pending> batch) {
    long start = System.nanoTime();
    Sent underway = new Sent(batch);
    sent.add(underway);
    sending(remote, recordsOf(batch))
        .whenComplete(
            (ok, failure) -> {
              long took = System.nanoTime() - start;
              if (failure == null) {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
                underway.state = Sent.State.ARRIVED;
                batch.forEach(each -> each.done().complete(null));
              } else {
                LOG.warn("{} appends go to the journal: {}", batch.size(), failure.toString());
                record(failure, took);
                underway.state = Sent.State.FAILED;
                queue.add(Pending.WAKE);
              }
            });
  }

  private static CompletableFuture<Void> sending(RecordSender remote, List<LogRecord> records) {
    try {
      return remote.send(records);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A record that is refused says nothing against the way there. */
  private void record(Throwable failure, long took) {
    if (failure instanceof RecordRefusedException) {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    } else {
      breaker.onError(took, TimeUnit.NANOSECONDS, failure);
    }
  }

  /** All in one fsync; if they don't fit together, one by one as far as there is room. */
  private void keep(List<Pending> batch) {
    try {
      journal.append(recordsOf(batch));
      batch.forEach(each -> each.done().complete(null));
    } catch (LogFullException | UncheckedIOException e) {
      if (batch.size() == 1) {
        batch.get(0).done().completeExceptionally(full(e));
      } else {
        batch.forEach(each -> keep(List.of(each)));
      }
    }
  }

  private static LogFullException full(RuntimeException e) {
    return e instanceof LogFullException f
        ? f
        : new LogFullException("the journal can't be written: " + e.getCause());
  }

  private void replay() {
    while (!closing) {
      try {
        if (journal.isEmpty() || sender == null || !replayChunk(sender)) {
          stopped.await(settings.replayEvery().toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("the journal can't be replayed, trying again", e);
        pauseAfterFault();
      }
    }
  }

  private void pauseAfterFault() {
    try {
      stopped.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @return whether to go on at once
   */
  private boolean replayChunk(RecordSender remote) throws InterruptedException {
    if (!breaker.tryAcquirePermission()) {
      return false;
    }
    long start = System.nanoTime();
    Journal.Chunk chunk;
    try {
      chunk = journal.peek(alone > 0 ? 1 : REPLAY_CHUNK);
    } catch (RuntimeException e) {
      breaker.releasePermission();
      throw e;
    }
    try {
      sending(remote, chunk.records()).get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable failure = e instanceof ExecutionException ? e.getCause() : e;
      record(failure == null ? e : failure, System.nanoTime() - start);
      if (!(failure instanceof RecordRefusedException)) {
        return false;
      }
      if (chunk.records().size() > 1) {
        alone = chunk.records().size();
        return true;
      }
      LOG.error("acknowledged, but never to arrive: {}", failure.getMessage());
      refused.keep(chunk.records().get(0), String.valueOf(failure.getMessage()));
      forget(chunk);
      return true;
    }
    breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    forget(chunk);
    return true;
  }

  private void forget(Journal.Chunk chunk) {
    alone = Math.max(0, alone - chunk.records().size());
    journal.release(chunk);
  }

  private static List<LogRecord> recordsOf(List<Pending> batch) {
    if (batch.size() == 1) {
      return batch.get(0).records();
    }
    List<LogRecord> all = new ArrayList<>();
    batch.forEach(each -> all.addAll(each.records()));
    return all;
  }

  @Override
  public void close() {
    closing = true;
    // not by an interrupt: that would close the file under a read
    stopped.countDown();
    try {
      writer.join(settings.patience().toMillis() * 2);
      replayer.join(settings.patience().toMillis() * 2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
    if (sender != null) {
      sender.close();
    }
  }
}
