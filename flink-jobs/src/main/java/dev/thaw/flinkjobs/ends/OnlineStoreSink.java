package dev.thaw.flinkjobs.ends;

import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes rows to the online store. Rows of one key are coalesced, the newest winning and a deletion
 * ending what came before it, for at most the flush interval, and written on every checkpoint.
 * Writing a row again is harmless, so replays after a failure end in the same store. A store that
 * can't be reached is tried again with growing pauses; then the task fails and Flink's restart
 * strategy has the word.
 */
public final class OnlineStoreSink implements Sink<ViewRow> {
  private static final long serialVersionUID = 1L;

  private final StoreOpener store;
  private final Duration flushInterval;
  private final Backoff backoff;

  public OnlineStoreSink(StoreOpener store, Duration flushInterval, Backoff backoff) {
    this.store = store;
    this.flushInterval = flushInterval;
    this.backoff = backoff;
  }

  @Override
  public SinkWriter<ViewRow> createWriter(WriterInitContext context) {
    return new OnlineStoreWriter(
        store,
        flushInterval,
        backoff,
        context.getProcessingTimeService(),
        context.metricGroup().getNumRecordsSendCounter());
  }
}
