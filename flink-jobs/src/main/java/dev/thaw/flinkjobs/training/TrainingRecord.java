package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.io.Serializable;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * One record of any kind that a training reads, or that one was deleted; exactly one field is set.
 * A plain Flink POJO.
 */
public final class TrainingRecord {
  public static final TypeInformation<TrainingRecord> TYPE =
      Types.POJO(
          TrainingRecord.class,
          Map.of(
              "event", StreamTypes.EVENT,
              "item", StreamTypes.ITEM,
              "vector", StreamTypes.ITEM_VECTOR,
              "profile", StreamTypes.PROFILE,
              "deletedItem", Types.STRING,
              "deletedVector", Types.STRING,
              "deletedUser", Types.STRING,
              "erasure", StreamTypes.ERASURE));

  public @Nullable Event event;
  public @Nullable CatalogueItem item;
  public @Nullable ItemVector vector;
  public @Nullable UserProfile profile;
  public @Nullable String deletedItem;
  public @Nullable String deletedVector;
  public @Nullable String deletedUser;

  /** What happened to its subject up to its time is not to be learnt from. */
  public @Nullable Erasure erasure;

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

  public static DataStream<TrainingRecord> ofErasures(DataStream<Erasure> erasures) {
    return erasures
        .map(
            erasure -> {
              TrainingRecord record = new TrainingRecord();
              record.erasure = erasure;
              return record;
            })
        .returns(TYPE)
        .name("training-erasures");
  }

  public static DataStream<TrainingRecord> ofItems(DataStream<Change<CatalogueItem>> items) {
    return changes(
        items,
        "training-items",
        (record, item) -> record.item = item,
        (record, key) -> record.deletedItem = key);
  }

  public static DataStream<TrainingRecord> ofVectors(DataStream<Change<ItemVector>> vectors) {
    return changes(
        vectors,
        "training-vectors",
        (record, vector) -> record.vector = vector,
        (record, key) -> record.deletedVector = key);
  }

  public static DataStream<TrainingRecord> ofProfiles(DataStream<Change<UserProfile>> profiles) {
    return changes(
        profiles,
        "training-profiles",
        (record, profile) -> record.profile = profile,
        (record, key) -> record.deletedUser = key);
  }

  private interface Setter<T> extends Serializable {
    void set(TrainingRecord record, T value);
  }

  /** In as many tasks as the reader has: others would let a tombstone overtake its record. */
  private static <T> DataStream<TrainingRecord> changes(
      DataStream<Change<T>> changes, String name, Setter<T> present, Setter<String> deleted) {
    return changes
        .map(
            change -> {
              TrainingRecord record = new TrainingRecord();
              T value = change.record;
              if (value == null) {
                deleted.set(record, change.key);
              } else {
                present.set(record, value);
              }
              return record;
            })
        .returns(TYPE)
        .name(name)
        .setParallelism(changes.getParallelism());
  }
}
