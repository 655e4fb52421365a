package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.models.encoder.ItemEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Encodes changes in batches, in their order. A batch goes when it is full, when its oldest change
 * has waited for the given time, and before every checkpoint's barrier, so that nothing is lost in
 * between; what needs no encoding waits in the same queue.
 */
final class EncodeOperator extends AbstractStreamOperator<EncodedContent>
    implements OneInputStreamOperator<ContentChange, EncodedContent> {
  /**
   * Items that the encoder can't read, or not all of; those of which it can read nothing keep what
   * was made of them before.
   */
  static final OutputTag<DeadLetter> UNREADABLE =
      new OutputTag<>("unreadable", StreamTypes.DEAD_LETTER);

  private static final long serialVersionUID = 1L;

  private final EncoderOpener opener;
  private final StoreOpener store;
  private final WireFormat<CatalogueItem> form;
  private final int batchSize;
  private final long maxWaitMillis;

  private transient @Nullable ContentEncoding encoding;
  private transient List<ContentChange> waiting;
  private transient int toEncode;
  private transient DelayedFlush delayedFlush;

  /**
   * @param store holds what was encoded before
   */
  @SuppressWarnings("NullAway.Init") // what is transient comes with open()
  EncodeOperator(
      EncoderOpener opener,
      StoreOpener store,
      WireFormat<CatalogueItem> form,
      int batchSize,
      long maxWaitMillis) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be >= 1, was " + batchSize);
    }
    this.opener = opener;
    this.store = store;
    this.form = form;
    this.batchSize = batchSize;
    this.maxWaitMillis = maxWaitMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    ItemEncoder encoder = opener.open();
    encoding = new ContentEncoding(encoder, new StoredVectors(store.open(), encoder.space()));
    waiting = new ArrayList<>();
    delayedFlush = new DelayedFlush(getProcessingTimeService(), maxWaitMillis, this::flush);
  }

  @Override
  public void processElement(StreamRecord<ContentChange> element) {
    ContentChange change = element.getValue();
    waiting.add(change);
    if (change.kind == ContentChange.Kind.ENCODE) {
      toEncode++;
    }
    if (toEncode >= batchSize) {
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
    List<ContentEncoding.Outcome> outcomes = Objects.requireNonNull(encoding).encode(items);
    int next = 0;
    for (ContentChange change : waiting) {
      if (change.kind == ContentChange.Kind.ENCODE) {
        emit(change, outcomes.get(next++));
      } else {
        output.collect(new StreamRecord<>(new EncodedContent(change, null, "")));
      }
    }
    waiting.clear();
    toEncode = 0;
  }

  private void emit(ContentChange change, ContentEncoding.Outcome outcome) {
    for (DeadLetter letter : outcome.letters(change, form)) {
      output.collect(UNREADABLE, new StreamRecord<>(letter));
    }
    ContentEncoding.Encoded encoded = outcome.encoded();
    if (encoded == null) {
      return;
    }
    Embedding vector = encoded.vector().orElse(null);
    output.collect(new StreamRecord<>(new EncodedContent(change, vector, encoded.hash())));
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
    if (encoding != null) {
      encoding.close();
      encoding = null;
    }
    super.close();
  }
}
