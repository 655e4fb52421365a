package dev.thaw.serving.eventlog;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
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
 * fsync; one thread replays. A batch whose sending failed may have arrived in part: readers drop
 * records they have seen, by event id, request id or version.
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

  private record Pending(
      List<LogRecord> records, long bytes, boolean journalOnly, CompletableFuture<Void> done) {}

  private static final int REPLAY_CHUNK = 500;
  private static final long SEGMENT_BYTES = 16L << 20;

  private final @Nullable RecordSender sender;
  private final Settings settings;
  private final Journal journal;
  private final CircuitBreaker breaker;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final Thread writer;
  private final Thread replayer;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean closing;

  private JournaledEventLog(@Nullable RecordSender sender, Settings settings) {
    this.sender = sender;
    this.settings = settings;
    this.journal = Journal.open(settings.journal(), settings.journalBytes(), SEGMENT_BYTES);
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

  /** The remote end first, the journal behind it. Closes the sender with itself. */
  public static JournaledEventLog over(RecordSender sender, Settings settings) {
    return new JournaledEventLog(sender, settings);
  }

  /** Only the journal: for servers that are to keep accepting before there is any Kafka. */
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
    queue.add(new Pending(List.copyOf(records), bytes, false, done));
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
        if (first == null) {
          if (closing && inFlight.get() == 0) {
            return;
          }
          continue;
        }
        batch.add(first);
        queue.drainTo(batch, 1000);
        dispatch(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        batch.clear();
      }
    }
  }

  private void dispatch(List<Pending> batch) {
    RecordSender remote = sender;
    boolean direct = remote != null && journal.isEmpty() && breaker.tryAcquirePermission();
    List<Pending> toJournal = new ArrayList<>();
    List<Pending> toSend = new ArrayList<>();
    for (Pending each : batch) {
      (direct && !each.journalOnly() ? toSend : toJournal).add(each);
    }
    if (direct && toSend.isEmpty()) {
      breaker.releasePermission();
    }
    if (!toSend.isEmpty() && remote != null) {
      send(remote, List.copyOf(toSend));
    }
    if (!toJournal.isEmpty()) {
      keep(toJournal);
    }
  }

  private void send(RecordSender remote, List<Pending> batch) {
    long start = System.nanoTime();
    remote
        .send(recordsOf(batch))
        .whenComplete(
            (ok, failure) -> {
              if (failure == null) {
                breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                batch.forEach(each -> each.done().complete(null));
              } else {
                breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, failure);
                LOG.warn("{} appends go to the journal: {}", batch.size(), failure.toString());
                batch.forEach(
                    each ->
                        queue.add(new Pending(each.records(), each.bytes(), true, each.done())));
              }
            });
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
        LOG.error("the journal can't be replayed", e);
        return;
      }
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
    Journal.Chunk chunk = journal.peek(REPLAY_CHUNK);
    try {
      remote.send(chunk.records()).get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
      return false;
    }
    breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    journal.release(chunk);
    return true;
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
