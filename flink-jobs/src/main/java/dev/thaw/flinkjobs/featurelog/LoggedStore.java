package dev.thaw.flinkjobs.featurelog;

import dev.thaw.flinkjobs.streams.ViewRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/**
 * The online store, and the feature log beside it. To a job they are one end; {@link #write} makes
 * two sinks of it, since Flink can't put a sink that commits into another one. The log's sink has a
 * uid of its own: a checkpoint from before it was switched on restores as it is.
 */
public final class LoggedStore implements Sink<ViewRow> {
  private static final long serialVersionUID = 1L;

  private final Sink<ViewRow> store;
  private final Sink<ViewRow> log;

  public LoggedStore(Sink<ViewRow> store, Sink<ViewRow> log) {
    this.store = store;
    this.log = log;
  }

  /**
   * Writes rows to the store, and to its log if it has one.
   *
   * @param uid of the store's sink, its name too
   * @return the store's sink
   */
  public static DataStreamSink<ViewRow> write(
      DataStream<ViewRow> rows, Sink<ViewRow> store, String uid) {
    if (!(store instanceof LoggedStore logged)) {
      return rows.sinkTo(store).name(uid).uid(uid);
    }
    String logUid = "log-of-" + uid;
    // one task a row's key: of two versions with one time the later must be written later
    rows.sinkTo(logged.log).name(logUid).uid(logUid).setParallelism(rows.getParallelism());
    return write(rows, logged.store, uid);
  }

  @Override
  public SinkWriter<ViewRow> createWriter(WriterInitContext context) {
    throw new IllegalStateException("rows miss the feature log unless LoggedStore.write is called");
  }
}
