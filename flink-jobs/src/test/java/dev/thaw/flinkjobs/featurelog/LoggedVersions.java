package dev.thaw.flinkjobs.featurelog;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** The rows of a feature log as text, without the time of their writing. */
final class LoggedVersions {
  private LoggedVersions() {}

  static List<String> in(Path log) throws Exception {
    List<String> rows = new ArrayList<>();
    for (Path file : files(log)) {
      read(file, rows);
    }
    return rows;
  }

  /** The finished ones. */
  static List<Path> files(Path log) throws IOException {
    if (!Files.isDirectory(log)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(log)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }

  private static void read(Path file, List<String> rows) throws Exception {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options())) {
      MessageType schema = reader.getFileMetaData().getSchema();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long row = 0; row < pages.getRowCount(); row++) {
          String text = records.read().toString();
          rows.add(schema.getName() + "\n" + text.replaceAll(LogColumns.CREATED + ": \\d+\n", ""));
        }
      }
    }
  }

  /** The builder of these wants Hadoop's codecs, which are on no class path. */
  private static ParquetReadOptions options() throws ReflectiveOperationException {
    for (Constructor<?> each : ParquetReadOptions.class.getDeclaredConstructors()) {
      if (each.getParameterCount() == 18) {
        each.setAccessible(true);
        return (ParquetReadOptions)
            each.newInstance(
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                FilterCompat.NOOP,
                ParquetMetadataConverter.NO_FILTER,
                new Unpacking(),
                new HeapByteBufferAllocator(),
                8 << 20,
                Map.of(),
                null,
                null,
                new PlainParquetConfiguration());
      }
    }
    throw new NoSuchMethodException("constructor of ParquetReadOptions");
  }

  private static final class Unpacking implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("logs are only read here");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      return new BytesInputDecompressor() {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
          return BytesInput.from(Zstd.decompress(bytes.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize) {
          throw new UnsupportedOperationException("pages are read from arrays");
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public void release() {}
  }
}
