package dev.thaw.serving.featureserver;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import feast.proto.serving.ServingAPIProto.FieldStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of one view, one for each entity of the request. Immutable. */
final class ViewRows {
  private final List<Optional<FeatureRow>> rows;
  private final boolean[] old;
  private final Timestamp[] times;
  private final String[] timeTexts;

  /**
   * @param ttl zero for none
   * @param now against which rows grow old
   */
  ViewRows(List<Optional<FeatureRow>> rows, Duration ttl, Instant now) {
    this.rows = rows;
    this.old = new boolean[rows.size()];
    this.times = new Timestamp[rows.size()];
    this.timeTexts = new String[rows.size()];
    for (int row = 0; row < old.length; row++) {
      Instant time = rows.get(row).map(FeatureRow::eventTime).orElse(Instant.EPOCH);
      old[row] = !ttl.isZero() && Duration.between(time, now).compareTo(ttl) > 0;
      times[row] =
          Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()).build();
      timeTexts[row] = Timestamps.toString(times[row]);
    }
  }

  int size() {
    return old.length;
  }

  /** {@link FeatureValue#MISSING} if absent or null. */
  FeatureValue value(int row, String feature) {
    return rows.get(row).flatMap(found -> found.get(feature)).orElse(FeatureValue.MISSING);
  }

  /** Whether the feature is there, if only as a null. */
  boolean isStored(int row, String feature) {
    return rows.get(row).map(found -> found.features().containsKey(feature)).orElse(false);
  }

  FieldStatus status(int row, String feature) {
    Optional<FeatureRow> found = rows.get(row);
    if (found.isEmpty()) {
      return FieldStatus.NOT_FOUND;
    }
    if (old[row]) {
      return FieldStatus.OUTSIDE_MAX_AGE;
    }
    return found.get().get(feature).isPresent() ? FieldStatus.PRESENT : FieldStatus.NULL_VALUE;
  }

  /** That of the row; 1970 if it is absent. */
  Timestamp time(int row) {
    return times[row];
  }

  /** By RFC 3339, with as many groups of three digits below a second as it takes. */
  String timeText(int row) {
    return timeTexts[row];
  }
}
