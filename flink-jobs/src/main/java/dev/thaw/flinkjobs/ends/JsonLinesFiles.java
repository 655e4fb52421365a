package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.flinkjobs.streams.Arrival;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.Collector;

/**
 * Reads JSON Lines: from a file, or from all files of a folder in the order of their names; those
 * whose names start with a dot or an underscore are left out. On any of Flink's file systems.
 */
final class JsonLinesFiles<T> implements FlatMapFunction<String, Arrival<T>> {
  private static final long serialVersionUID = 1L;

  private final WireFormat<T> format;
  private final EventTime<T> time;
  private final Instant now;

  /**
   * @param now what the clock says; times too far ahead are refused
   */
  JsonLinesFiles(WireFormat<T> format, EventTime<T> time, Instant now) {
    this.format = format;
    this.time = time;
    this.now = now;
  }

  @Override
  public void flatMap(String location, Collector<Arrival<T>> out) throws IOException {
    Path path = new Path(location);
    FileSystem files = path.getFileSystem();
    for (Path file : filesOf(files, path)) {
      try (InputStream in = open(files, file)) {
        JsonLines.read(
            file.toString(),
            in,
            format,
            now,
            record -> out.collect(Arrival.of(record, time.of(record).toEpochMilli())),
            letter -> out.collect(Arrival.dead(letter)));
      }
    }
  }

  private static List<Path> filesOf(FileSystem files, Path path) throws IOException {
    if (!files.exists(path)) {
      throw new FileNotFoundException("no file or folder " + path);
    }
    if (!files.getFileStatus(path).isDir()) {
      return List.of(path);
    }
    return Arrays.stream(files.listStatus(path))
        .filter(status -> !status.isDir())
        .map(FileStatus::getPath)
        .filter(file -> !file.getName().startsWith(".") && !file.getName().startsWith("_"))
        .sorted(Comparator.comparing(Path::getName))
        .toList();
  }

  private static InputStream open(FileSystem files, Path file) throws IOException {
    InputStream in = files.open(file);
    return file.getName().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
