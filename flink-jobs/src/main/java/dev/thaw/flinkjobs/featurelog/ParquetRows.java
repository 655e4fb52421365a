package dev.thaw.flinkjobs.featurelog;

import dev.thaw.flinkjobs.streams.ViewRow;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens a Parquet file for the rows of one view, which its first row names. Rows of one file have
 * growing creation times, so that of two with the same event time the later one is known.
 */
final class ParquetRows implements BulkWriter.Factory<ViewRow> {
  private static final long serialVersionUID = 1L;

  /** A file lives for one checkpoint interval; more would only be set aside. */
  private static final int ROW_GROUP_BYTES = 8 << 20;

  private final HashMap<String, LogColumns> columns;
  private final Clock clock;

  ParquetRows(Map<String, LogColumns> columns, Clock clock) {
    this.columns = new HashMap<>(columns);
    this.clock = clock;
  }

  @Override
  public BulkWriter<ViewRow> create(FSDataOutputStream out) {
    return new Rows(out);
  }

  private final class Rows implements BulkWriter<ViewRow> {
    private final FSDataOutputStream out;
    private @Nullable ParquetWriter<RowColumns.Stamped> writer;
    private long lastMicros = Long.MIN_VALUE;

    Rows(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void addElement(ViewRow change) throws IOException {
      if (writer == null) {
        writer = open(change.view());
      }
      writer.write(new RowColumns.Stamped(change.row(), change.isErasure(), nextMicros()));
    }

    private long nextMicros() {
      lastMicros = Math.max(lastMicros + 1, RowColumns.micros(clock.instant()));
      return lastMicros;
    }

    private ParquetWriter<RowColumns.Stamped> open(String view) throws IOException {
      LogColumns declared = columns.get(view);
      if (declared == null) {
        throw new IllegalArgumentException(
            "view must be one of " + columns.keySet() + ", was " + view);
      }
      return new Builder(new FlinkFile(out), declared)
          .withConf(new PlainParquetConfiguration())
          .withCodecFactory(new ZstdPages())
          .withCompressionCodec(CompressionCodecName.ZSTD)
          .withRowGroupSize((long) ROW_GROUP_BYTES)
          .build();
    }

    @Override
    public void flush() {
      // pages are cut by size, and what is not finished is no file yet
    }

    @Override
    public void finish() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<RowColumns.Stamped, Builder> {
    private final LogColumns columns;

    Builder(OutputFile file, LogColumns columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // still abstract; the other one is called
    protected WriteSupport<RowColumns.Stamped> getWriteSupport(Configuration configuration) {
      return new RowColumns(columns);
    }

    @Override
    protected WriteSupport<RowColumns.Stamped> getWriteSupport(ParquetConfiguration configuration) {
      return new RowColumns(columns);
    }
  }

  /** Flink opens and closes the file: a file may be part of a recovery. */
  private record FlinkFile(FSDataOutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() throws IOException {
          return out.getPos();
        }

        @Override
        public void write(int b) throws IOException {
          out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
          out.flush();
        }

        @Override
        public void close() throws IOException {
          flush();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
