package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** Something that happened to an item: an event, or that it was shown. A plain Flink POJO. */
public final class ItemActivity {
  static final TypeInformation<ItemActivity> TYPE =
      Types.POJO(
          ItemActivity.class,
          Map.of(
              "itemId", Types.STRING,
              "domain", Types.STRING,
              "time", Types.LONG,
              "event", StreamTypes.EVENT));

  public String itemId = "";
  public String domain = "";

  /** Epoch milliseconds. */
  public long time;

  /** Null where the item was shown. */
  public @Nullable Event event;

  /** For Flink. */
  public ItemActivity() {}

  static ItemActivity of(Event event) {
    ItemActivity activity = new ItemActivity();
    activity.itemId = event.itemId().value();
    activity.domain = event.domain().value();
    activity.time = event.timeMillis();
    activity.event = Objects.requireNonNull(event);
    return activity;
  }

  static ItemActivity shown(Impression impression, Impression.Slot slot) {
    ItemActivity activity = new ItemActivity();
    activity.itemId = slot.itemId().value();
    activity.domain = impression.domain().value();
    activity.time = impression.time().toEpochMilli();
    return activity;
  }
}
