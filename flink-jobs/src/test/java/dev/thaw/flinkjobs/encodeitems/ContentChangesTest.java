package dev.thaw.flinkjobs.encodeitems;

import static dev.thaw.flinkjobs.TestItems.change;
import static dev.thaw.flinkjobs.TestItems.deletion;
import static dev.thaw.flinkjobs.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.ContentChange.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentChangesTest {
  private static final Duration LATER = Duration.ofMinutes(5);

  private KeyedTwoInputStreamOperatorTestHarness<
          String, Change<CatalogueItem>, Change<ItemFlag>, ContentChange>
      harness;
  private int seen;

  @BeforeEach
  void open() throws Exception {
    harness = create();
    harness.open();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Change<CatalogueItem>, Change<ItemFlag>, ContentChange>
      create() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new ContentChangesOperator(new ContentChanges(LettersEncoder::new)),
        change -> change.key,
        change -> change.key,
        Types.STRING);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private List<ContentChange> items(Change<CatalogueItem> change) throws Exception {
    harness.processElement1(change, 0);
    return fresh();
  }

  private List<ContentChange> flag(boolean cold, Duration offset) throws Exception {
    ItemFlag flag = new ItemFlag(ItemId.of("m1"), cold, TestEvents.at(offset));
    harness.processElement2(new Change<>("m1", flag), 0);
    return fresh();
  }

  private List<ContentChange> fresh() {
    List<ContentChange> all = harness.extractOutputValues();
    List<ContentChange> fresh = List.copyOf(all.subList(seen, all.size()));
    seen = all.size();
    return fresh;
  }

  @Test
  void aRecordIsEncodedOnceHoweverOftenItComes() throws Exception {
    assertThat(items(change(item("m1", "Heat", Duration.ZERO))))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind).isEqualTo(Kind.ENCODE);
              assertThat(change.cold).as("nobody has touched it").isTrue();
            });
    assertThat(items(change(item("m1", "Heat", Duration.ZERO)))).isEmpty();
    assertThat(items(change(item("m1", "Heat", LATER)))).isEmpty();
    assertThat(items(change(item("m1", "Heat II", LATER))))
        .singleElement()
        .satisfies(change -> assertThat(change.kind).isEqualTo(Kind.ENCODE));
  }

  @Test
  void anOlderRecordChangesNothing() throws Exception {
    items(change(item("m1", "Heat II", LATER)));
    assertThat(items(change(item("m1", "Heat", Duration.ZERO)))).isEmpty();
  }

  @Test
  void availabilityAndAttributesKeepTheVector() throws Exception {
    items(change(item("m1", "Heat", Duration.ZERO)));
    CatalogueItem away =
        item("m1", TestEvents.MOVIES, "Heat", Map.of("decade", "1990s"), false, LATER);
    assertThat(items(change(away)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind).isEqualTo(Kind.FLAGS);
              assertThat(change.item).isEqualTo(away);
            });
  }

  @Test
  void theColdFlagIsFollowedInBothDirections() throws Exception {
    items(change(item("m1", "Heat", Duration.ZERO)));
    assertThat(flag(false, LATER)).singleElement().satisfies(c -> assertThat(c.cold).isFalse());
    assertThat(flag(false, LATER)).isEmpty();
    assertThat(flag(true, LATER.multipliedBy(2)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.cold).isTrue();
              assertThat(change.time).isEqualTo(TestEvents.millis(LATER.multipliedBy(2)));
            });
    assertThat(flag(false, LATER)).as("an older flag").isEmpty();
  }

  @Test
  void aDeletedFlagMakesTheItemColdAgain() throws Exception {
    items(change(item("m1", "Heat", Duration.ZERO)));
    flag(false, LATER);
    harness.processElement2(deletion("m1"), 0);
    assertThat(fresh()).singleElement().satisfies(c -> assertThat(c.cold).isTrue());
  }

  @Test
  void aFlagWaitsForItsItem() throws Exception {
    assertThat(flag(false, Duration.ZERO)).isEmpty();
    assertThat(items(change(item("m1", "Heat", Duration.ZERO))))
        .singleElement()
        .satisfies(change -> assertThat(change.cold).isFalse());
  }

  @Test
  void aDeletionLeavesNoStateBehind() throws Exception {
    items(change(item("m1", "Heat", LATER)));
    flag(false, LATER);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(3);
    assertThat(items(deletion("m1")))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind).isEqualTo(Kind.DELETE);
              assertThat(change.itemId).isEqualTo("m1");
            });
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(items(change(item("m1", "Heat", Duration.ZERO))))
        .as("a new life, also with an older time")
        .singleElement()
        .satisfies(change -> assertThat(change.cold).isTrue());
  }

  @Test
  void anItemThatChangesItsDomainNamesTheOneItLeft() throws Exception {
    items(change(item("m1", "Heat", Duration.ZERO)));
    assertThat(items(change(item("m1", TestEvents.BOOKS, "Heat", Map.of(), true, LATER))))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind).isEqualTo(Kind.ENCODE);
              assertThat(change.left).isEqualTo("movies");
            });
  }

  @Test
  void aRestoredJobKnowsWhatItHasEncodedAndWhatIsWarm() throws Exception {
    items(change(item("m1", "Heat", Duration.ZERO)));
    flag(false, LATER);
    var snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = create();
    harness.initializeState(snapshot);
    harness.open();
    seen = 0;
    assertThat(items(change(item("m1", "Heat", Duration.ZERO)))).as("a replay").isEmpty();
    assertThat(items(change(item("m1", "Heat II", LATER))))
        .singleElement()
        .satisfies(change -> assertThat(change.cold).isFalse());
  }
}
