package dev.thaw.serving.impressions;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.eventlog.LogRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes impressions behind the answers: answers don't wait, the records are acknowledged by the
 * event log all the same. The queue is bounded; what finds no room, here or in a full journal, is
 * lost, counted and named in the answer, since recommendations go on when writes can't.
 */
public final class ImpressionRecorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImpressionRecorder.class);
  private static final int BATCH = 500;
  private static final String RECORDED = "recorded";
  private static final String LOST = "lost";

  /** Between two batches: under load the records of some requests share the way to the log. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final EventLog log;
  private final String topic;
  private final Function<Impression, byte[]> wire;
  private final ArrayBlockingQueue<Impression> queue;
  private final MeterRegistry metrics;
  private final Thread writer;
  private volatile boolean closing;
  private volatile boolean refusing;
  private volatile boolean journalling;

  /**
   * @param wire to the bytes of the topic
   * @param capacity impressions that may wait
   * @param assignments that impressions can have beside none
   */
  public ImpressionRecorder(
      EventLog log,
      String topic,
      Function<Impression, byte[]> wire,
      int capacity,
      List<Assignment> assignments,
      MeterRegistry metrics) {
    this.log = log;
    this.topic = topic;
    this.wire = wire;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.metrics = metrics;
    register(Assignment.NONE);
    assignments.forEach(this::register);
    this.writer = new Thread(this::write, "impressions");
    writer.setDaemon(true);
    writer.start();
  }

  /** Whether impressions are being lost at the moment. */
  public boolean isRefusing() {
    return refusing;
  }

  /** Whether the remote end of the log is away, as it was a moment ago; never waits for it. */
  public boolean isJournalling() {
    return journalling;
  }

  /**
   * @return whether there was room
   */
  public boolean record(Impression impression) {
    boolean taken = queue.offer(impression);
    if (!taken) {
      counter(LOST, impression.assignment()).increment();
      refusing = true;
    }
    return taken;
  }

  private void write() {
    List<Impression> batch = new ArrayList<>(BATCH);
    while (!(closing && queue.isEmpty())) {
      try {
        Impression first = queue.poll(20, TimeUnit.MILLISECONDS);
        journalling = log.state() == EventLog.State.JOURNAL;
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          append(batch);
          pause(batch.size());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        batch.clear();
      }
    }
  }

  private void pause(int written) throws InterruptedException {
    if (written < BATCH && !closing) {
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private void append(List<Impression> batch) {
    List<LogRecord> records = new ArrayList<>(batch.size());
    Map<Assignment, Long> counts =
        batch.stream()
            .collect(Collectors.groupingBy(Impression::assignment, Collectors.counting()));
    for (Impression each : batch) {
      records.add(LogRecord.of(topic, each.requestId().value(), wire.apply(each)));
    }
    CompletableFuture<Void> acknowledged = log.append(records);
    acknowledged.whenComplete(
        (ok, failure) -> {
          refusing = failure != null;
          String outcome = failure == null ? RECORDED : LOST;
          counts.forEach((of, count) -> counter(outcome, of).increment(count));
          if (failure != null) {
            LOG.warn("{} impressions are lost: {}", records.size(), failure.getMessage());
          }
        });
  }

  /** There from the start, so that the first loss is a rise. */
  private void register(Assignment each) {
    counter(RECORDED, each);
    counter(LOST, each);
  }

  private Counter counter(String outcome, Assignment of) {
    return metrics.counter(
        "thaw.impressions",
        "outcome",
        outcome,
        "experiment",
        of.experiment(),
        "configuration",
        of.configuration());
  }

  /** Writes what is queued, at most for the given time. */
  public void close(Duration patience) {
    closing = true;
    try {
      writer.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }
}
