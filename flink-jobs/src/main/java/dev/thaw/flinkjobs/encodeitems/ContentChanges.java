package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.models.encoder.ItemEncoder;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of each item its newest catalogue record, the hash of the content that was encoded last
 * and its cold flag, and passes on what changes the store or the index. State of a deleted item is
 * dropped; the catalogue bounds the rest, and flags that come before their item wait for it.
 */
final class ContentChanges
    extends KeyedCoProcessFunction<String, Change<CatalogueItem>, Change<ItemFlag>, ContentChange> {
  /** Name of the state of catalogue records. */
  static final String ITEM = "item";

  private static final long serialVersionUID = 1L;

  private final EncoderOpener opener;

  private transient @Nullable ItemEncoder encoder;
  private transient ValueState<CatalogueItem> newest;
  private transient ValueState<String> hash;
  private transient ValueState<ItemFlag> flag;

  /**
   * @param opener of the encoder that hashes contents; it encodes nothing here
   */
  @SuppressWarnings("NullAway.Init") // what is transient comes with open()
  ContentChanges(EncoderOpener opener) {
    this.opener = opener;
  }

  @Override
  public void open(OpenContext context) {
    encoder = opener.open();
    newest = getRuntimeContext().getState(new ValueStateDescriptor<>(ITEM, StreamTypes.ITEM));
    hash = getRuntimeContext().getState(new ValueStateDescriptor<>("hash", Types.STRING));
    flag = getRuntimeContext().getState(new ValueStateDescriptor<>("flag", StreamTypes.ITEM_FLAG));
  }

  @Override
  public void processElement1(
      Change<CatalogueItem> change, Context context, Collector<ContentChange> out)
      throws Exception {
    CatalogueItem item = change.record;
    CatalogueItem known = newest.value();
    if (item == null) {
      // not before what it deletes
      out.collect(ContentChange.delete(change.key, known == null ? 0 : time(known)));
      newest.clear();
      hash.clear();
      flag.clear();
      return;
    }
    if (known != null && item.time().isBefore(known.time())) {
      return;
    }
    newest.update(item);
    boolean moved = known != null && !known.domain().equals(item.domain());
    if (isNewContent(item) || known == null || moved) {
      ContentChange encode = ContentChange.encode(item, isCold(), time(item));
      out.collect(moved ? encode.leaving(known.domain().value()) : encode);
    } else if (known.available() != item.available()
        || !known.attributes().equals(item.attributes())) {
      out.collect(ContentChange.flags(item, isCold(), time(item)));
    }
  }

  @Override
  public void processElement2(
      Change<ItemFlag> change, Context context, Collector<ContentChange> out) throws Exception {
    ItemFlag fresh = change.record;
    ItemFlag known = flag.value();
    if (known != null && fresh != null && fresh.time().isBefore(known.time())) {
      return;
    }
    boolean wasCold = isCold();
    if (fresh == null) {
      flag.clear();
    } else {
      flag.update(fresh);
    }
    CatalogueItem item = newest.value();
    if (item != null && wasCold != isCold()) {
      // its row in the store is replaced as a whole, with the vector that is known by its hash
      out.collect(ContentChange.encode(item, isCold(), time(item)));
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

  /** Whether this is another content than the last; it is the last from now on. */
  private boolean isNewContent(CatalogueItem item) throws Exception {
    String fresh = Objects.requireNonNull(encoder).contentHash(item);
    if (fresh.equals(hash.value())) {
      return false;
    }
    hash.update(fresh);
    return true;
  }

  /** What follows for the item of the current key when the encoder is another; null if nothing. */
  @Nullable ContentChange recheck() throws Exception {
    CatalogueItem item = newest.value();
    return item != null && isNewContent(item)
        ? ContentChange.encode(item, isCold(), time(item))
        : null;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }
}
