package dev.thaw.serving.eventlog;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where everything that is written goes. Thread-safe. */
public interface EventLog extends AutoCloseable {

  /** What stands behind an acknowledgement at the moment. */
  enum State {
    /** Every in-sync replica of Kafka. */
    DIRECT,
    /** The fsynced journal of this server; Kafka is away or still catching up. */
    JOURNAL,
    /** Nothing: the journal is full. */
    FULL
  }

  /**
   * Appends the records in their order.
   *
   * @return completes when all are durable; fails with {@link LogFullException} when there is no
   *     room, and then none of them is promised
   */
  CompletableFuture<Void> append(List<LogRecord> records);

  State state();

  /** Bytes that wait in the journal. */
  long backlog();

  /** Waits for what was appended to be acknowledged, then closes. */
  @Override
  void close();
}
