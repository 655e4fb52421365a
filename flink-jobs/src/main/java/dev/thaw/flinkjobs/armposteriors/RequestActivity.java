package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** What belongs to one request: its impression, or an event that names it. A plain Flink POJO. */
public final class RequestActivity {
  static final TypeInformation<RequestActivity> TYPE =
      Types.POJO(
          RequestActivity.class,
          Map.of(
              "requestId", Types.STRING,
              "impression", StreamTypes.IMPRESSION,
              "event", StreamTypes.EVENT));

  public String requestId = "";

  /** Null if this is an event. */
  public @Nullable Impression impression;

  /** Null if this is the impression. */
  public @Nullable Event event;

  /** For Flink. */
  public RequestActivity() {}

  static RequestActivity of(Impression impression) {
    RequestActivity activity = new RequestActivity();
    activity.requestId = impression.requestId().value();
    activity.impression = impression;
    return activity;
  }

  static RequestActivity of(String requestId, Event event) {
    RequestActivity activity = new RequestActivity();
    activity.requestId = requestId;
    activity.event = event;
    return activity;
  }
}
