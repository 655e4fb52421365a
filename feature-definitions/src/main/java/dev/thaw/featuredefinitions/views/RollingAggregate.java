package dev.thaw.featuredefinitions.views;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one rolling feature is computed from events.
 *
 * @param field what is aggregated: a wire field of the event ({@code value}, {@code item_id}, ...),
 *     {@code context.<name>}, {@code item.vector}; ignored by {@code COUNT}
 * @param types event types that count; empty means all
 * @param where further conditions, wire field to allowed values
 * @param positive only events that are positive by {@code domains.yaml}
 * @param minValue only events whose value is at least this, if given
 * @param window events of {@code (t - window, t]} count; null means all of the user's past
 * @param halfLife of the decayed aggregates, else null
 */
public record RollingAggregate(
    Aggregate aggregate,
    @Nullable String field,
    List<String> types,
    Map<String, List<String>> where,
    boolean positive,
    @Nullable Double minValue,
    @Nullable Duration window,
    @Nullable Duration halfLife)
    implements Serializable {
  public RollingAggregate {
    types = List.copyOf(types);
    where = Map.copyOf(where);
  }

  /** Whether events need the vector of their item: to be aggregated, or to be chosen. */
  public boolean readsItemVector() {
    return aggregate == Aggregate.DECAYED_VECTOR_MEAN
        || EventFields.ITEM_VECTOR.equals(field)
        || EventFields.ITEM_SPACE.equals(field)
        || where.containsKey(EventFields.ITEM_SPACE);
  }
}
