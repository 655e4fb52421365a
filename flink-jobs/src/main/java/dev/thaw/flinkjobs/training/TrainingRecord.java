package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** One record of any kind that a training reads; exactly one field is set. A plain Flink POJO. */
public final class TrainingRecord {
  public static final TypeInformation<TrainingRecord> TYPE =
      Types.POJO(
          TrainingRecord.class,
          Map.of(
              "event", StreamTypes.EVENT,
              "item", StreamTypes.ITEM,
              "vector", StreamTypes.ITEM_VECTOR,
              "profile", StreamTypes.PROFILE));

  public @Nullable Event event;
  public @Nullable CatalogueItem item;
  public @Nullable ItemVector vector;
  public @Nullable UserProfile profile;

  /** For Flink. */
  public TrainingRecord() {}

  public static DataStream<TrainingRecord> ofEvents(DataStream<Event> events) {
    return events
        .map(
            event -> {
              TrainingRecord record = new TrainingRecord();
              record.event = event;
              return record;
            })
        .returns(TYPE)
        .name("training-events");
  }

  public static DataStream<TrainingRecord> ofItems(DataStream<Change<CatalogueItem>> items) {
    return newest(items, "training-items", (record, item) -> record.item = item);
  }

  public static DataStream<TrainingRecord> ofVectors(DataStream<Change<ItemVector>> vectors) {
    return newest(vectors, "training-vectors", (record, vector) -> record.vector = vector);
  }

  public static DataStream<TrainingRecord> ofProfiles(DataStream<Change<UserProfile>> profiles) {
    return newest(profiles, "training-profiles", (record, profile) -> record.profile = profile);
  }

  private interface Setter<T> extends java.io.Serializable {
    void set(TrainingRecord record, T value);
  }

  private static <T> DataStream<TrainingRecord> newest(
      DataStream<Change<T>> changes, String name, Setter<T> setter) {
    return changes
        .filter(change -> !change.isDeletion())
        .map(
            change -> {
              TrainingRecord record = new TrainingRecord();
              setter.set(record, java.util.Objects.requireNonNull(change.record));
              return record;
            })
        .returns(TYPE)
        .name(name);
  }
}
