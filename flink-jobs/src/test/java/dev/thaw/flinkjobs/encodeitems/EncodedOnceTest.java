package dev.thaw.flinkjobs.encodeitems;

import static dev.thaw.flinkjobs.TestItems.change;
import static dev.thaw.flinkjobs.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestStores;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From catalogue records and flags to rows, with more items than the operator keeps in memory. */
class EncodedOnceTest {
  private static final int ITEMS = 10_000;

  /** Where the operators find it again; it must not travel with a copy of one. */
  private static LettersEncoder encoder = new LettersEncoder();

  @TempDir Path folder;
  private OnlineStore store;
  private KeyedTwoInputStreamOperatorTestHarness<
          String, Change<CatalogueItem>, Change<ItemFlag>, ContentChange>
      changes;
  private OneInputStreamOperatorTestHarness<ContentChange, EncodedContent> encoding;

  @BeforeEach
  void open() throws Exception {
    store = TestStores.in(folder).open();
    start("letters", null);
  }

  private void start(String version, OperatorSubtaskState state) throws Exception {
    encoder = new LettersEncoder(version);
    changes =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new ContentChangesOperator(new ContentChanges(() -> encoder)),
            change -> change.key,
            change -> change.key,
            Types.STRING);
    encoding =
        new OneInputStreamOperatorTestHarness<>(
            new EncodeOperator(
                () -> encoder,
                TestStores.in(folder),
                WireFormats.items(DomainDefinitions.shipped(), WireLimits.DEFAULT),
                256,
                100));
    if (state != null) {
      changes.initializeState(state);
    }
    changes.open();
    encoding.open();
  }

  @AfterEach
  void close() throws Exception {
    stop();
    store.close();
  }

  private void stop() throws Exception {
    changes.close();
    encoding.close();
  }

  private void post() throws Exception {
    for (int i = 0; i < ITEMS; i++) {
      changes.processElement1(change(item("m" + i, "title " + i, Duration.ZERO)), 0);
    }
    encode();
  }

  /** Lets everything pass that has changed, and writes the rows. */
  private void encode() throws Exception {
    for (ContentChange change : changes.extractOutputValues()) {
      encoding.processElement(change, 0);
    }
    changes.getOutput().clear();
    encoding.prepareSnapshotPreBarrier(1);
    List<ViewRow> rows = new ArrayList<>();
    for (EncodedContent content : encoding.extractOutputValues()) {
      EncodeItems.row(content, new ListCollector<>(rows));
    }
    encoding.getOutput().clear();
    store.write(EncodeItems.VIEW, rows.stream().map(ViewRow::row).toList());
  }

  private long encoded() {
    return encoder.batches.stream().mapToLong(List::size).sum();
  }

  private FeatureRow row(int item) {
    return store
        .read(List.of(new OnlineStore.Read(EncodeItems.VIEW, EntityKey.of("item_id", "m" + item))))
        .get(0)
        .orElseThrow();
  }

  @Test
  void itemsThatTurnWarmKeepTheirVectors() throws Exception {
    post();
    assertThat(encoded()).isEqualTo(ITEMS);
    FeatureRow cold = row(0);

    for (int i = 0; i < ITEMS; i++) {
      ItemFlag warm = new ItemFlag(ItemId.of("m" + i), false, TestEvents.at(Duration.ofHours(1)));
      changes.processElement2(new Change<>("m" + i, warm), 0);
    }
    encode();

    assertThat(encoded()).as("the vectors are in the rows").isEqualTo(ITEMS);
    FeatureRow warm = row(0);
    assertThat(warm.get("cold")).contains(new FeatureValue.Bool(false));
    assertThat(warm.get("vector")).isPresent().isEqualTo(cold.get("vector"));
    assertThat(warm.get("content_hash")).isEqualTo(cold.get("content_hash"));
  }

  @Test
  void aJobWithoutItsOldStateEncodesNothingAgain() throws Exception {
    post();
    stop();
    start("letters", null);
    post();
    assertThat(encoded()).isZero();
  }

  @Test
  void anotherEncoderEncodesEveryItemOnceAndWithoutANewRecord() throws Exception {
    post();
    OperatorSubtaskState state = changes.snapshot(1, 1);
    stop();
    start("other", state);
    drain();
    assertThat(encoded()).isEqualTo(ITEMS);
    assertThat(row(0).get("space")).contains(new FeatureValue.Text("content@other"));

    post();
    state = changes.snapshot(2, 2);
    stop();
    start("other", state);
    drain();
    assertThat(encoded()).as("and then no more").isZero();
  }

  @Test
  void aCheckpointBeforeTheItemsAreLookedAtLosesNoneOfThem() throws Exception {
    post();
    OperatorSubtaskState state = changes.snapshot(1, 1);
    stop();
    start("other", state);
    changes.processElement1(change(item("m0", "another title", Duration.ofHours(1))), 0);
    encode();
    assertThat(encoded()).isEqualTo(1);
    state = changes.snapshot(2, 2);
    stop();
    start("other", state);
    drain();
    assertThat(encoded()).isEqualTo(ITEMS - 1);
  }

  /** Lets the operator look at every item. */
  private void drain() throws Exception {
    changes.setProcessingTime(1);
    encode();
  }
}
