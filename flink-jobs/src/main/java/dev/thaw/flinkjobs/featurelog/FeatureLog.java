package dev.thaw.flinkjobs.featurelog;

import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;

/**
 * The history of the online store: each row that goes there, as it was, in {@code
 * VIEW/dt=YYYY-MM-DD/*.parquet}. Files appear with the checkpoint that has their rows, each row
 * exactly once; a file that has appeared is not touched again.
 */
public final class FeatureLog {
  private FeatureLog() {}

  /**
   * @param folder of all views
   * @param clock dates the writing of rows
   * @throws IllegalArgumentException if a feature bears the name of a column of the log
   */
  public static Sink<ViewRow> in(Path folder, FeatureDefinitions features, Clock clock) {
    Map<String, LogColumns> columns = new HashMap<>();
    for (FeatureView view : features.views()) {
      columns.put(view.name(), LogColumns.of(view, features.joinKeys(view)));
    }
    return FileSink.forBulkFormat(
            new org.apache.flink.core.fs.Path(folder.toAbsolutePath().toUri()),
            new ParquetRows(columns, clock))
        .withBucketAssigner(new DayFolders())
        .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".parquet").build())
        .build();
  }
}
