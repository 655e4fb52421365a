package dev.thaw.serving.eventlog;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The remote end behind the journal. Records of one key arrive in the order they were sent in, also
 * over several calls.
 */
public interface RecordSender extends AutoCloseable {

  /**
   * @return completes when every record is acknowledged; fails with {@link RecordRefusedException}
   *     if one of them can never be, and with anything else if sending again may help
   */
  CompletableFuture<Void> send(List<LogRecord> records);

  @Override
  void close();
}
