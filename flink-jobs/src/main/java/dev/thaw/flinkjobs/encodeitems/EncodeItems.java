package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * Encodes the catalogue. A content whose hash did not change is not encoded again: where a cold
 * flag changes, or the job begins without its old state, its vector comes from the item's row.
 * Under a new encoder every item is encoded once. Where availability or attributes change, only
 * those do, in the index and in the places of the item in the factor spaces. A deleted item goes
 * from index, state and topic.
 */
public final class EncodeItems {
  /** Name of the job and of the writer of {@value #VIEW}. */
  public static final String NAME = "encode-items";

  static final String VIEW = "item_content";
  private static final Duration MAX_WAIT = Duration.ofMillis(100);

  /** So many batches wait for each other where many items come at once: see {@link #build}. */
  private static final int GATHERED = 8;

  private EncodeItems() {}

  /**
   * Where the job's results go.
   *
   * @param vectors to the other jobs
   * @param deadLetters takes items that the encoder can't read
   */
  public record Sinks(
      Sink<EncodedContent> index,
      Sink<ViewRow> store,
      Sink<Change<ItemVector>> vectors,
      Sink<DeadLetter> deadLetters) {}

  /**
   * @param items catalogue records
   * @param flags cold flags, of the job item-statistics
   * @param announcements of artefact sets; one that is announced has new factor indexes
   * @param before the store that holds what was encoded before
   * @param form of the items in dead letters
   * @param batchSize items encoded together; a few times as many are handed to the encoder, which
   *     pads less when it can choose batches of one length among more items
   */
  public static void build(
      DataStream<Change<CatalogueItem>> items,
      DataStream<Change<ItemFlag>> flags,
      DataStream<Change<ArtefactAnnouncement>> announcements,
      EncoderOpener encoder,
      StoreOpener before,
      WireFormat<CatalogueItem> form,
      int batchSize,
      Sinks sinks) {
    SingleOutputStreamOperator<EncodedContent> encoded =
        items
            .keyBy(change -> change.key, Types.STRING)
            .connect(flags.keyBy(change -> change.key, Types.STRING))
            .transform(
                "content-changes",
                StreamTypes.CONTENT_CHANGE,
                new ContentChangesOperator(new ContentChanges(encoder)))
            .uid("content-changes")
            .union(announced(announcements))
            .transform(
                "encode",
                StreamTypes.ENCODED_CONTENT,
                new EncodeOperator(
                    encoder, before, form, GATHERED * batchSize, MAX_WAIT.toMillis()))
            .uid("encode")
            .setParallelism(1);
    encoded
        .getSideOutput(EncodeOperator.UNREADABLE)
        .sinkTo(sinks.deadLetters())
        .name("unreadable")
        .uid("unreadable")
        .setParallelism(1);
    // one writer per index folder
    encoded.sinkTo(sinks.index()).name("index").uid("index").setParallelism(1);
    LoggedStore.write(
            encoded
                .flatMap((FlatMapFunction<EncodedContent, ViewRow>) EncodeItems::row)
                .returns(StreamTypes.VIEW_ROW)
                .name("content-rows")
                .uid("content-rows")
                .setParallelism(1),
            sinks.store(),
            "store")
        .setParallelism(1);
    encoded
        .flatMap((FlatMapFunction<EncodedContent, Change<ItemVector>>) EncodeItems::vector)
        .returns(Change.type(StreamTypes.ITEM_VECTOR))
        .name("item-vectors")
        .uid("item-vectors")
        .setParallelism(1)
        .sinkTo(sinks.vectors())
        .name("vectors-out")
        .uid("vectors-out")
        .setParallelism(1);
  }

  private static DataStream<ContentChange> announced(
      DataStream<Change<ArtefactAnnouncement>> announcements) {
    return announcements
        .flatMap(
            (FlatMapFunction<Change<ArtefactAnnouncement>, ContentChange>)
                (change, out) -> {
                  ArtefactAnnouncement set = change.record;
                  if (set != null && set.status() == ArtefactAnnouncement.Status.ANNOUNCED) {
                    out.collect(
                        ContentChange.announced(set.setVersion(), set.time().toEpochMilli()));
                  }
                })
        .returns(StreamTypes.CONTENT_CHANGE)
        .name("announced-sets")
        .uid("announced-sets")
        .setParallelism(announcements.getParallelism());
  }

  /** A row for everything that was encoded, also where there was nothing to encode. */
  static void row(EncodedContent content, Collector<ViewRow> out) {
    if (content.change().kind == ContentChange.Kind.ANNOUNCED) {
      return;
    }
    EntityKey key = EntityKey.of("item_id", content.change().itemId);
    if (content.change().kind == ContentChange.Kind.DELETE) {
      out.collect(ViewRow.deletion(VIEW, key, content.change().time));
      return;
    }
    if (content.hash().isEmpty()) {
      return;
    }
    Map<String, FeatureValue> features = new HashMap<>();
    Embedding vector = content.vector();
    if (vector != null) {
      features.put("vector", FeatureValue.Float32s.copyOf(vector.toArray()));
      features.put("space", new FeatureValue.Text(vector.space().key()));
    }
    features.put("content_hash", new FeatureValue.Text(content.hash()));
    features.put("cold", new FeatureValue.Bool(content.change().cold));
    FeatureRow row = new FeatureRow(key, features, Instant.ofEpochMilli(content.change().time));
    out.collect(new ViewRow(VIEW, row));
  }

  /** The vector of what was encoded; a deletion where an item has none any more. */
  private static void vector(EncodedContent content, Collector<Change<ItemVector>> out) {
    ContentChange change = content.change();
    Embedding vector = content.vector();
    if (change.kind == ContentChange.Kind.ENCODE || change.kind == ContentChange.Kind.DELETE) {
      out.collect(
          new Change<>(change.itemId, vector == null ? null : new ItemVector(change.id(), vector)));
    }
  }
}
