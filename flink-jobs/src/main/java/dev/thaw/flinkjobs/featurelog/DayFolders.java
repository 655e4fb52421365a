package dev.thaw.flinkjobs.featurelog;

import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.ZoneOffset;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** {@code VIEW/dt=YYYY-MM-DD}, the day of the row's event time in UTC. */
final class DayFolders implements BucketAssigner<ViewRow, String> {
  private static final long serialVersionUID = 1L;

  @Override
  public String getBucketId(ViewRow change, Context context) {
    return change.view()
        + "/"
        + LogColumns.DAY
        + "="
        + change.row().eventTime().atZone(ZoneOffset.UTC).toLocalDate();
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
