package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.ContentChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs {@link ContentChanges}. After a restore every item whose content hash is another one, as
 * under a new encoder, is encoded anew without waiting for its next record: a slice at a time, so
 * that records and checkpoints don't wait for all of them. What a checkpoint finds undone has its
 * old hash still, and is found again.
 */
final class ContentChangesOperator
    extends KeyedCoProcessOperator<String, Change<CatalogueItem>, Change<ItemFlag>, ContentChange> {
  private static final long serialVersionUID = 1L;
  private static final int SLICE = 256;

  private final ContentChanges changes;
  private transient List<String> unchecked;
  private transient DelayedFlush nextSlice;
  private transient boolean restored;

  @SuppressWarnings("NullAway.Init") // what is transient comes with open()
  ContentChangesOperator(ContentChanges changes) {
    super(changes);
    this.changes = changes;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    unchecked = restored ? keys() : new ArrayList<>();
    nextSlice = new DelayedFlush(getProcessingTimeService(), 0, this::checkSlice);
    if (!unchecked.isEmpty()) {
      nextSlice.request();
    }
  }

  private List<String> keys() {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(ContentChanges.ITEM, VoidNamespace.INSTANCE)) {
      return new ArrayList<>(keys.toList());
    }
  }

  private void checkSlice() throws Exception {
    List<String> slice = unchecked.subList(Math.max(0, unchecked.size() - SLICE), unchecked.size());
    for (String key : slice) {
      setCurrentKey(key);
      ContentChange change = changes.recheck();
      if (change != null) {
        output.collect(new StreamRecord<>(change));
      }
    }
    slice.clear();
    if (!unchecked.isEmpty()) {
      nextSlice.request();
    }
  }

  @Override
  public void finish() throws Exception {
    while (!unchecked.isEmpty()) {
      checkSlice();
    }
    super.finish();
  }
}
