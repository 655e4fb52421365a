package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.flinkjobs.streams.EncodedContent;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes content vectors and flags to the vector index, in batches, durably before each checkpoint.
 * Writing a change again is harmless.
 */
public final class ContentIndexSink implements Sink<EncodedContent> {
  private static final long serialVersionUID = 1L;

  private final IndexOpener opener;
  private final Duration flushInterval;

  public ContentIndexSink(IndexOpener opener, Duration flushInterval) {
    this.opener = opener;
    this.flushInterval = flushInterval;
  }

  @Override
  public SinkWriter<EncodedContent> createWriter(WriterInitContext context) {
    return new ContentIndexWriter(
        opener.open(), flushInterval.toMillis(), context.getProcessingTimeService());
  }
}
