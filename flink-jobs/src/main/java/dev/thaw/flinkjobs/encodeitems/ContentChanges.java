package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of each item its newest catalogue record and its cold flag, and passes on what changes
 * the index: an item whose text did not change is not encoded again, but when it turns warm. State
 * of a deleted item is dropped; the catalogue bounds the rest.
 */
final class ContentChanges
    extends KeyedCoProcessFunction<String, Change<CatalogueItem>, Change<ItemFlag>, ContentChange> {
  private static final long serialVersionUID = 1L;

  private transient ValueState<CatalogueItem> newest;
  private transient ValueState<ItemFlag> flag;

  @SuppressWarnings("NullAway.Init") // what is transient comes with open()
  ContentChanges() {}

  @Override
  public void open(OpenContext context) {
    newest = getRuntimeContext().getState(new ValueStateDescriptor<>("item", StreamTypes.ITEM));
    flag = getRuntimeContext().getState(new ValueStateDescriptor<>("flag", StreamTypes.ITEM_FLAG));
  }

  @Override
  public void processElement1(
      Change<CatalogueItem> change, Context context, Collector<ContentChange> out)
      throws Exception {
    CatalogueItem item = change.record;
    CatalogueItem known = newest.value();
    if (item == null) {
      if (known != null) {
        newest.clear();
        flag.clear();
      }
      out.collect(ContentChange.delete(change.key));
      return;
    }
    if (known != null && item.time().isBefore(known.time())) {
      return;
    }
    newest.update(item);
    if (known == null || !sameText(known, item)) {
      out.collect(ContentChange.encode(item, isCold(), time(item)));
    } else if (known.available() != item.available()) {
      out.collect(ContentChange.flags(item, isCold(), time(item)));
    }
  }

  @Override
  public void processElement2(
      Change<ItemFlag> change, Context context, Collector<ContentChange> out) throws Exception {
    ItemFlag fresh = change.record;
    if (fresh == null) {
      return;
    }
    ItemFlag known = flag.value();
    if (known != null && fresh.time().isBefore(known.time())) {
      return;
    }
    boolean wasCold = isCold();
    flag.update(fresh);
    CatalogueItem item = newest.value();
    if (item != null && wasCold != fresh.cold()) {
      // once in an item's life: encoding again costs less than keeping every vector in state
      out.collect(ContentChange.encode(item, fresh.cold(), time(item)));
    }
  }

  /** An item of which no flag came has no interactions yet. */
  private boolean isCold() throws Exception {
    ItemFlag known = flag.value();
    return known == null || known.cold();
  }

  private long time(CatalogueItem item) throws Exception {
    @Nullable ItemFlag known = flag.value();
    long recorded = item.time().toEpochMilli();
    return known == null ? recorded : Math.max(recorded, known.time().toEpochMilli());
  }

  private static boolean sameText(CatalogueItem a, CatalogueItem b) {
    return Objects.equals(a.title(), b.title())
        && Objects.equals(a.description(), b.description())
        && Objects.equals(a.categories(), b.categories())
        && Objects.equals(a.domain(), b.domain());
  }
}
