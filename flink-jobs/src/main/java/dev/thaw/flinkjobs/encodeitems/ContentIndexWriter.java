package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.jspecify.annotations.Nullable;

/** The writing task of {@link ContentIndexSink}: the newest change of an item wins. */
final class ContentIndexWriter implements SinkWriter<EncodedContent> {
  private static final String SPACE = "content";
  private static final int MAX_WAITING = 1_000;

  private final VectorIndexes indexes;
  private final DelayedFlush delayedFlush;
  private final Map<ItemId, EncodedContent> waiting = new LinkedHashMap<>();
  private @Nullable VectorIndex index;

  ContentIndexWriter(VectorIndexes indexes, long intervalMillis, ProcessingTimeService clock) {
    this.indexes = indexes;
    this.delayedFlush = new DelayedFlush(clock, intervalMillis, this::apply);
  }

  @Override
  public void write(EncodedContent content, Context context) {
    ContentChange change = content.change();
    EncodedContent before = waiting.get(change.id());
    waiting.put(
        change.id(),
        before != null && change.kind == ContentChange.Kind.FLAGS
            ? new EncodedContent(change, before.vector(), before.hash())
            : content);
    if (waiting.size() >= MAX_WAITING) {
      apply();
    } else {
      delayedFlush.request();
    }
  }

  private void apply() {
    List<IndexedItem> upserts = new ArrayList<>();
    List<ItemId> deletions = new ArrayList<>();
    for (EncodedContent content : waiting.values()) {
      CatalogueItem item = content.change().item;
      if (item == null
          || (content.change().kind == ContentChange.Kind.ENCODE && content.vector() == null)) {
        deletions.add(content.change().id());
      } else {
        vectorOf(content).ifPresent(vector -> upserts.add(indexed(item, content, vector)));
      }
    }
    waiting.clear();
    if (!upserts.isEmpty()) {
      indexFor(upserts.get(0).embedding()).upsert(upserts);
    }
    VectorIndex open = deletions.isEmpty() ? null : current();
    if (open != null) {
      open.delete(deletions);
    }
  }

  private static IndexedItem indexed(CatalogueItem item, EncodedContent content, Embedding vector) {
    return new IndexedItem(
        item.itemId(), item.domain(), content.change().cold, item.available(), vector);
  }

  private Optional<Embedding> vectorOf(EncodedContent content) {
    if (content.vector() != null) {
      return Optional.of(content.vector());
    }
    VectorIndex open = current();
    return open == null ? Optional.empty() : open.get(content.change().id());
  }

  private @Nullable VectorIndex current() {
    if (index == null) {
      index = indexes.active(SPACE).orElse(null);
    }
    return index;
  }

  /** The index of the encoder's space; the first one of all becomes the active one. */
  private VectorIndex indexFor(Embedding vector) {
    if (index == null || !index.space().equals(vector.space())) {
      index = indexes.openOrCreate(vector.space());
      if (indexes.active(SPACE).isEmpty()) {
        indexes.activate(vector.space());
      }
    }
    return Objects.requireNonNull(index);
  }

  @Override
  public void flush(boolean endOfInput) {
    apply();
    if (index != null) {
      index.refresh();
    }
  }

  @Override
  public void close() {
    indexes.close();
  }
}
