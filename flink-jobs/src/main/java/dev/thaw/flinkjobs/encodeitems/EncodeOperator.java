package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.models.encoder.ItemEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Encodes changes in batches, in their order. A batch goes when it is full, when its oldest change
 * has waited for the given time, and before every checkpoint's barrier, so that nothing is lost in
 * between; what needs no encoding waits in the same queue.
 */
final class EncodeOperator extends AbstractStreamOperator<EncodedContent>
    implements OneInputStreamOperator<ContentChange, EncodedContent> {
  private static final long serialVersionUID = 1L;

  private final EncoderOpener opener;
  private final int batchSize;
  private final long maxWaitMillis;

  private transient @Nullable ItemEncoder encoder;
  private transient List<ContentChange> waiting;
  private transient DelayedFlush delayedFlush;

  @SuppressWarnings("NullAway.Init") // what is transient comes with open()
  EncodeOperator(EncoderOpener opener, int batchSize, long maxWaitMillis) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be >= 1, was " + batchSize);
    }
    this.opener = opener;
    this.batchSize = batchSize;
    this.maxWaitMillis = maxWaitMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    encoder = opener.open();
    waiting = new ArrayList<>();
    delayedFlush = new DelayedFlush(getProcessingTimeService(), maxWaitMillis, this::flush);
  }

  @Override
  public void processElement(StreamRecord<ContentChange> element) {
    waiting.add(element.getValue());
    if (waiting.size() >= batchSize) {
      flush();
    } else {
      delayedFlush.request();
    }
  }

  private void flush() {
    List<CatalogueItem> items =
        waiting.stream()
            .filter(change -> change.kind == ContentChange.Kind.ENCODE)
            .map(change -> Objects.requireNonNull(change.item))
            .toList();
    ItemEncoder opened = Objects.requireNonNull(encoder);
    List<Optional<Embedding>> vectors = items.isEmpty() ? List.of() : opened.encode(items);
    int next = 0;
    for (ContentChange change : waiting) {
      EncodedContent encoded;
      if (change.kind == ContentChange.Kind.ENCODE) {
        CatalogueItem item = Objects.requireNonNull(change.item);
        encoded =
            new EncodedContent(change, vectors.get(next++).orElse(null), opened.contentHash(item));
      } else {
        encoded = new EncodedContent(change, null, "");
      }
      output.collect(new StreamRecord<>(encoded));
    }
    waiting.clear();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
    super.close();
  }
}
