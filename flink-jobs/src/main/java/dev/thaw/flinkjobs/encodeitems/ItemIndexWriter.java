package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** The writing task of {@link ItemIndexSink}: the newest change of an item wins. */
final class ItemIndexWriter implements SinkWriter<EncodedContent> {
  private static final int MAX_WAITING = 1_000;

  private final VectorIndexes indexes;
  private final ContentSpace contents;
  private final FactorSpaces factors;
  private final RecentChanges recent = new RecentChanges();
  private final ProcessingTimeService clock;
  private final DelayedFlush delayedFlush;
  private final Map<ItemId, EncodedContent> waiting = new LinkedHashMap<>();

  ItemIndexWriter(
      VectorIndexes indexes,
      Placements placements,
      DomainDefinitions domains,
      long intervalMillis,
      ProcessingTimeService clock) {
    this.indexes = indexes;
    this.contents = new ContentSpace(indexes);
    this.factors = new FactorSpaces(domains, indexes, placements, contents);
    this.clock = clock;
    this.delayedFlush = new DelayedFlush(clock, intervalMillis, this::apply);
  }

  @Override
  public void write(EncodedContent content, Context context) {
    ContentChange change = content.change();
    if (change.kind == ContentChange.Kind.ANNOUNCED) {
      apply();
      factors.apply(recent.at(clock.getCurrentProcessingTime()));
      return;
    }
    waiting.merge(change.id(), content, ItemIndexWriter::both);
    if (waiting.size() >= MAX_WAITING) {
      apply();
    } else {
      delayedFlush.request();
    }
  }

  /** Flags that follow a vector which is still waiting don't replace it. */
  private static EncodedContent both(EncodedContent before, EncodedContent after) {
    ContentChange change = after.change();
    if (change.left.isEmpty()) {
      change = change.leaving(before.change().left);
    }
    return change.kind == ContentChange.Kind.FLAGS
            && before.change().kind == ContentChange.Kind.ENCODE
        ? new EncodedContent(
            ContentChange.encode(Objects.requireNonNull(change.item), change.cold, change.time)
                .leaving(change.left),
            before.vector(),
            before.hash())
        : new EncodedContent(change, after.vector(), after.hash());
  }

  private void apply() {
    if (!waiting.isEmpty()) {
      List<EncodedContent> changes = List.copyOf(waiting.values());
      waiting.clear();
      contents.apply(changes);
      factors.apply(changes);
      recent.add(changes, clock.getCurrentProcessingTime());
    }
  }

  @Override
  public void flush(boolean endOfInput) {
    apply();
    contents.refresh();
    factors.refresh();
  }

  @Override
  public void close() {
    try (VectorIndexes opened = indexes) {
      waiting.clear();
    }
  }
}
