package dev.thaw.flinkjobs.userfeatures;

import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.event;
import static dev.thaw.flinkjobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestItems;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.EnrichedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VectorEnrichmentTest {
  private static final Duration LATENESS = Duration.ofHours(1);
  private static final Embedding VECTOR = LettersEncoder.encode("Heat").orElseThrow();
  private static final Event CLICK = click("e1", "u1", "n1", Duration.ZERO);

  private KeyedTwoInputStreamOperatorTestHarness<String, Event, Change<ItemVector>, EnrichedEvent>
      harness;
  private int seen;

  @BeforeEach
  void open() throws Exception {
    harness = create();
    harness.open();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Event, Change<ItemVector>, EnrichedEvent>
      create() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new VectorEnrichment(Set.of("click"), LATENESS)),
        event -> event.itemId().value(),
        change -> change.key,
        Types.STRING);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private List<EnrichedEvent> pass(Event event) throws Exception {
    harness.processElement1(event, event.timeMillis());
    return fresh();
  }

  private List<EnrichedEvent> vector(String item) throws Exception {
    harness.processElement2(new Change<>(item, new ItemVector(ItemId.of(item), VECTOR)), 0);
    return fresh();
  }

  private List<EnrichedEvent> fresh() {
    List<EnrichedEvent> all = harness.extractOutputValues();
    List<EnrichedEvent> fresh = List.copyOf(all.subList(seen, all.size()));
    seen = all.size();
    return fresh;
  }

  /** Moves the clock of both inputs. */
  private void clock(Duration offset) throws Exception {
    harness.processBothWatermarks(new Watermark(millis(offset)));
  }

  @Test
  void anEventThatIsBeforeItsVectorPassesAtOnceAndIsCorrectedOnce() throws Exception {
    assertThat(pass(CLICK)).containsExactly(new EnrichedEvent(CLICK, null));
    assertThat(vector("n1")).containsExactly(EnrichedEvent.correction(CLICK, VECTOR));
    assertThat(vector("n1")).as("a vector that comes again").isEmpty();
    Event later = click("e2", "u1", "n1", Duration.ofMinutes(1));
    assertThat(pass(later)).containsExactly(new EnrichedEvent(later, VECTOR));
  }

  @Test
  void onlyEventsOfThisItemWhoseVectorIsReadAreCorrected() throws Exception {
    pass(CLICK);
    pass(click("e2", "u1", "n2", Duration.ZERO));
    pass(event("e3", "u1", "n1", EventType.VIEW, Duration.ZERO));
    assertThat(vector("n1")).containsExactly(EnrichedEvent.correction(CLICK, VECTOR));
  }

  @Test
  void whatIsRememberedOutlivesARestartAndIsBounded() throws Exception {
    for (int i = 0; i < VectorEnrichment.MAX_WITHOUT + 5; i++) {
      pass(click("e" + i, "u" + i, "n1", Duration.ofSeconds(i)));
    }
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = create();
    harness.initializeState(state);
    harness.open();
    seen = 0;
    assertThat(vector("n1")).hasSize(VectorEnrichment.MAX_WITHOUT);
  }

  @Test
  void whatIsOlderThanTheLatenessIsForgotten() throws Exception {
    Event later = click("e2", "u1", "n1", Duration.ofMinutes(30));
    pass(CLICK);
    pass(later);
    clock(LATENESS);
    assertThat(vector("n1")).containsExactly(EnrichedEvent.correction(later, VECTOR));

    pass(click("e3", "u1", "n3", LATENESS));
    clock(LATENESS.multipliedBy(3));
    assertThat(vector("n3")).isEmpty();
    harness.processElement2(TestItems.deletion("n1"), 0);
    harness.processElement2(TestItems.deletion("n3"), 0);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aDeletedItemCorrectsNothing() throws Exception {
    pass(CLICK);
    harness.processElement2(TestItems.deletion("n1"), 0);
    assertThat(vector("n1")).isEmpty();
  }
}
