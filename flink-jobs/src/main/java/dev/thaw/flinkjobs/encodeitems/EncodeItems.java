package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.streams.Change;
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

/**
 * Encodes the catalogue. Records whose title, description and categories did not change are not
 * encoded again, but for the one time that an item turns warm; where only availability changes,
 * only the flag in the index does.
 */
public final class EncodeItems {
  /** Name of the job and of the writer of {@value #VIEW}. */
  public static final String NAME = "encode-items";

  static final String VIEW = "item_content";
  private static final Duration MAX_WAIT = Duration.ofMillis(100);

  private EncodeItems() {}

  /** Where the job's results go. */
  public record Sinks(Sink<EncodedContent> index, Sink<ViewRow> store, Sink<ItemVector> vectors) {}

  /**
   * @param items catalogue records
   * @param flags cold flags, of the job item-statistics
   * @param batchSize items encoded together
   */
  public static void build(
      DataStream<Change<CatalogueItem>> items,
      DataStream<Change<ItemFlag>> flags,
      EncoderOpener encoder,
      int batchSize,
      Sinks sinks) {
    DataStream<EncodedContent> encoded =
        items
            .keyBy(change -> change.key, Types.STRING)
            .connect(flags.keyBy(change -> change.key, Types.STRING))
            .process(new ContentChanges(), StreamTypes.CONTENT_CHANGE)
            .name("content-changes")
            .uid("content-changes")
            .transform(
                "encode",
                StreamTypes.ENCODED_CONTENT,
                new EncodeOperator(encoder, batchSize, MAX_WAIT.toMillis()))
            .uid("encode")
            .setParallelism(1);
    // one writer per index folder
    encoded.sinkTo(sinks.index()).name("index").uid("index").setParallelism(1);
    encoded
        .flatMap(
            (FlatMapFunction<EncodedContent, ViewRow>) (content, out) -> row(content, out::collect))
        .returns(StreamTypes.VIEW_ROW)
        .name("content-rows")
        .uid("content-rows")
        .setParallelism(1)
        .sinkTo(sinks.store())
        .name("store")
        .uid("store")
        .setParallelism(1);
    encoded
        .flatMap(
            (FlatMapFunction<EncodedContent, ItemVector>)
                (content, out) -> {
                  Embedding vector = content.vector();
                  if (vector != null) {
                    out.collect(new ItemVector(content.change().id(), vector));
                  }
                })
        .returns(StreamTypes.ITEM_VECTOR)
        .name("item-vectors")
        .uid("item-vectors")
        .setParallelism(1)
        .sinkTo(sinks.vectors())
        .name("vectors-out")
        .uid("vectors-out")
        .setParallelism(1);
  }

  /** A row for everything that was encoded, also where there was nothing to encode. */
  private static void row(EncodedContent content, java.util.function.Consumer<ViewRow> out) {
    CatalogueItem item = content.change().item;
    if (item == null || content.hash().isEmpty()) {
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
    FeatureRow row =
        new FeatureRow(
            EntityKey.of("item_id", item.itemId().value()),
            features,
            Instant.ofEpochMilli(content.change().time));
    out.accept(new ViewRow(VIEW, row));
  }
}
