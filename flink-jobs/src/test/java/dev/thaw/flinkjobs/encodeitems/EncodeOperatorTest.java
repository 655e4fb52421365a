package dev.thaw.flinkjobs.encodeitems;

import static dev.thaw.flinkjobs.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestStores;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.models.encoder.EncodedItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeOperatorTest {
  /** Where the operator finds it again; it must not travel with a copy of the operator. */
  private static LettersEncoder encoder = new LettersEncoder();

  @TempDir Path folder;
  private OneInputStreamOperatorTestHarness<ContentChange, EncodedContent> harness;

  @BeforeEach
  void open() throws Exception {
    encoder = new LettersEncoder();
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new EncodeOperator(
                () -> encoder,
                TestStores.in(folder),
                WireFormats.items(DomainDefinitions.shipped(), WireLimits.DEFAULT),
                3,
                100));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void encode(String id, String title) throws Exception {
    harness.processElement(
        new StreamRecord<>(ContentChange.encode(item(id, title, Duration.ZERO), true, 7)));
  }

  private List<String> ids() {
    return harness.extractOutputValues().stream().map(out -> out.change().itemId).toList();
  }

  @Test
  void aFullBatchGoesAtOnceAndInOrder() throws Exception {
    encode("m1", "Alien");
    harness.processElement(new StreamRecord<>(ContentChange.delete("m0", 0)));
    encode("m2", "Brazil");
    assertThat(ids()).as("the batch is not full").isEmpty();
    encode("m3", "Cube");
    assertThat(ids()).containsExactly("m1", "m0", "m2", "m3");
    assertThat(encoder.batches).containsExactly(List.of("Alien", "Brazil", "Cube"));
    assertThat(harness.extractOutputValues().get(2).vector())
        .isEqualTo(LettersEncoder.encode("Brazil").orElseThrow());
  }

  @Test
  void aPartOfABatchWaitsNoLongerThanItShould() throws Exception {
    harness.setProcessingTime(1_000);
    encode("m1", "Alien");
    harness.setProcessingTime(1_099);
    assertThat(ids()).isEmpty();
    harness.setProcessingTime(1_100);
    assertThat(ids()).containsExactly("m1");
  }

  @Test
  void nothingWaitsWhenACheckpointPasses() throws Exception {
    encode("m1", "Alien");
    harness.prepareSnapshotPreBarrier(1);
    assertThat(ids()).containsExactly("m1");
  }

  @Test
  void nothingWaitsAtTheEnd() throws Exception {
    encode("m1", "Alien");
    harness.getOperator().finish();
    assertThat(ids()).containsExactly("m1");
  }

  @Test
  void aContentThatIsKnownIsNotEncodedAgain() throws Exception {
    encode("m1", "Alien");
    harness.prepareSnapshotPreBarrier(1);
    encode("m1", "Alien");
    encode("m2", "Alien");
    harness.prepareSnapshotPreBarrier(1);
    assertThat(ids()).containsExactly("m1", "m1", "m2");
    assertThat(encoder.batches).containsExactly(List.of("Alien"));
    assertThat(harness.extractOutputValues().get(2).vector())
        .isEqualTo(harness.extractOutputValues().get(0).vector());
  }

  @Test
  void anItemWithoutTextHasAHashAndNoVector() throws Exception {
    encode("m1", " ");
    harness.prepareSnapshotPreBarrier(1);
    EncodedContent encoded = harness.extractOutputValues().get(0);
    assertThat(encoded.vector()).isNull();
    assertThat(encoded.hash()).isNotEmpty();
  }

  @Test
  void anItemOfWhichAPartCannotBeReadGoesOnWithoutItAndIsTriedAgain() throws Exception {
    encoder.unread = Optional.of(new EncodedItem.Unread("image", "a.png", "is not there"));
    encode("m1", "Alien");
    harness.prepareSnapshotPreBarrier(1);
    EncodedContent partial = harness.extractOutputValues().get(0);
    assertThat(partial.vector()).isEqualTo(LettersEncoder.encode("Alien").orElseThrow());
    DeadLetter letter = harness.getSideOutput(EncodeOperator.UNREADABLE).remove().getValue();
    assertThat(letter.rejection())
        .isEqualTo(new Rejection("image", "a.png", "can't be encoded: is not there"));

    encoder.unread = Optional.empty();
    encode("m1", "Alien");
    harness.prepareSnapshotPreBarrier(1);
    EncodedContent whole = harness.extractOutputValues().get(1);
    assertThat(encoder.batches).hasSize(2);
    assertThat(whole.hash()).isNotEqualTo(partial.hash());
    assertThat(harness.getSideOutput(EncodeOperator.UNREADABLE)).isEmpty();
  }

  @Test
  void anItemOfWhichNothingCanBeReadKeepsWhatItHad() throws Exception {
    encoder.unread = Optional.of(new EncodedItem.Unread("image", "a.png", "is not there"));
    encode("m1", " ");
    harness.prepareSnapshotPreBarrier(1);
    assertThat(ids()).isEmpty();
    assertThat(harness.getSideOutput(EncodeOperator.UNREADABLE)).hasSize(1);
  }

  @Test
  void anItemThatTheEncoderRefusesGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
    encode("m1", "Alien");
    encode("m2", "Mamma Mia!");
    encode("m3", "Cube");
    assertThat(ids()).containsExactly("m1", "m3");
    DeadLetter letter = harness.getSideOutput(EncodeOperator.UNREADABLE).remove().getValue();
    assertThat(letter.source()).isEqualTo("encode-items/item");
    assertThat(letter.rejection().reason())
        .isEqualTo("can't be encoded: no mark of exclamation, was \"Mamma Mia!\"");
    assertThat(letter.input()).contains("\"item_id\":\"m2\"", "\"domain\":\"movies\"");
  }
}
