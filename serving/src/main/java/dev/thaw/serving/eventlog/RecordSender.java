package dev.thaw.serving.eventlog;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The remote end behind the journal; completes when every record is acknowledged by it. */
public interface RecordSender extends AutoCloseable {

  CompletableFuture<Void> send(List<LogRecord> records);

  @Override
  void close();
}
