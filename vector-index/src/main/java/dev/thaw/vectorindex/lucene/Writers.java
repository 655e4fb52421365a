package dev.thaw.vectorindex.lucene;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Lucene writers as Thaw sets them up: few, large segments, because each costs a graph search. */
final class Writers {
  private static final double BUFFER_MB = 64;

  private Writers() {}

  static IndexWriter create(Path folder, HnswSettings settings) throws IOException {
    IndexWriter writer = make(folder, settings, IndexWriterConfig.OpenMode.CREATE);
    writer.commit();
    return writer;
  }

  /** Opens and reads every file once to compare its checksum. */
  static IndexWriter open(Path folder, HnswSettings settings) throws IOException {
    try (Directory directory = new MMapDirectory(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext segment : reader.leaves()) {
        segment.reader().checkIntegrity();
      }
    }
    return make(folder, settings, IndexWriterConfig.OpenMode.APPEND);
  }

  /** Closes without a commit and without waiting for merges to end. */
  static void close(IndexWriter writer) throws IOException {
    try (Directory directory = writer.getDirectory()) {
      writer.rollback();
    }
  }

  private static IndexWriter make(
      Path folder, HnswSettings settings, IndexWriterConfig.OpenMode mode) throws IOException {
    Directory directory = new MMapDirectory(folder);
    try {
      return new IndexWriter(directory, config(settings).setOpenMode(mode));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config(HnswSettings settings) {
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setSegmentsPerTier(4);
    merges.setFloorSegmentMB(4);
    ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
    scheduler.disableAutoIOThrottle();
    return new IndexWriterConfig()
        .setCodec(codec(settings))
        .setRAMBufferSizeMB(BUFFER_MB)
        .setMergePolicy(merges)
        .setMergeScheduler(scheduler)
        .setCommitOnClose(false);
  }

  private static Lucene912Codec codec(HnswSettings settings) {
    KnnVectorsFormat format =
        new Lucene99HnswVectorsFormat(settings.connections(), settings.buildBreadth());
    return new Lucene912Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }
}
