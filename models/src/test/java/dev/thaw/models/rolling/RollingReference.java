package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The meaning of rolling features, written down naively: keeps every event and recomputes. */
final class RollingReference {
  private final FeatureView view;
  private final List<Event> windowed = new ArrayList<>();
  private List<Event> remembered = new ArrayList<>();
  long frontier = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;

  RollingReference(FeatureView view) {
    this.view = view;
  }

  void add(Event event) {
    advanceTo(event.timeMillis());
    long time = event.timeMillis();
    boolean counts = false;
    for (FeatureDefinition feature : view.features()) {
      RollingAggregate rolling = feature.rolling();
      long length = rolling.window() == null ? RollingExamples.TTL : rolling.window().toMillis();
      counts |= passes(rolling, event) && hasField(rolling, event) && time > frontier - length;
    }
    if (counts) {
      windowed.add(event);
      if (time > frontier - RollingExamples.TTL) {
        remembered.add(event);
      }
      newest = Math.max(newest, time);
    }
  }

  void advanceTo(long time) {
    frontier = Math.max(frontier, time);
    if (newest != Long.MIN_VALUE && newest + RollingExamples.TTL <= frontier) {
      remembered = new ArrayList<>();
    }
  }

  Map<String, FeatureValue> values() {
    Map<String, FeatureValue> values = new HashMap<>();
    for (FeatureDefinition feature : view.features()) {
      values.put(feature.name(), value(feature.rolling(), frontier, 0));
    }
    return values;
  }

  /** The value with the window made longer by {@code slack}. */
  FeatureValue value(RollingAggregate rolling, long at, long slack) {
    List<Event> events =
        (rolling.window() == null ? remembered : windowed)
            .stream()
                .filter(e -> passes(rolling, e) && hasField(rolling, e))
                .filter(
                    e ->
                        rolling.window() == null
                            || e.timeMillis() > at - slack - rolling.window().toMillis())
                .toList();
    return switch (rolling.aggregate()) {
      case COUNT -> new FeatureValue.Int64(events.size());
      case DISTINCT ->
          new FeatureValue.Int64(events.stream().map(Event::itemId).distinct().count());
      case SUM -> new FeatureValue.Float64(numbers(events).sum());
      case MEAN -> number(events, numbers(events).average().orElse(0));
      case MIN -> number(events, numbers(events).min().orElse(0));
      case MAX -> number(events, numbers(events).max().orElse(0));
      case LAST -> last(rolling, events);
      case DECAYED_MEAN -> number(events, decayed(rolling, events));
      case DECAYED_VECTOR_MEAN -> decayedVector(rolling, events);
    };
  }

  private static DoubleStream numbers(List<Event> events) {
    return events.stream().mapToDouble(Event::value);
  }

  private static FeatureValue number(List<Event> events, double value) {
    return events.isEmpty() ? FeatureValue.MISSING : new FeatureValue.Float64(value);
  }

  private static FeatureValue last(RollingAggregate rolling, List<Event> events) {
    return events.stream()
        .max(Comparator.comparing(Event::time).thenComparing(Event::eventId))
        .<FeatureValue>map(
            e ->
                rolling.field().equals("value")
                    ? new FeatureValue.Float64(e.value())
                    : new FeatureValue.Text(e.itemId().value()))
        .orElse(FeatureValue.MISSING);
  }

  private double weight(RollingAggregate rolling, Event event) {
    double age = frontier - event.timeMillis();
    return Math.pow(2, -age / rolling.halfLife().toMillis());
  }

  private double decayed(RollingAggregate rolling, List<Event> events) {
    double weights = 0;
    double sum = 0;
    for (Event event : events) {
      weights += weight(rolling, event);
      sum += weight(rolling, event) * event.value();
    }
    return sum / weights;
  }

  private FeatureValue decayedVector(RollingAggregate rolling, List<Event> events) {
    if (events.isEmpty()) {
      return FeatureValue.MISSING;
    }
    double[] sum = new double[RollingExamples.SPACE.dimension()];
    double weights = 0;
    for (Event event : events) {
      Embedding vector = RollingExamples.vectorOf(event.itemId());
      double weight = weight(rolling, event);
      weights += weight;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * vector.get(i);
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / weights);
    }
    return FeatureValue.Float32s.copyOf(mean);
  }

  private static boolean passes(RollingAggregate rolling, Event event) {
    return (rolling.types().isEmpty() || rolling.types().contains(event.type().name()))
        && rolling.where().entrySet().stream()
            .allMatch(c -> c.getValue().contains(event.context().get("device")))
        && (rolling.minValue() == null
            || (event.value() != null && event.value() >= rolling.minValue()))
        && (!rolling.positive() || RollingExamples.DOMAINS.isPositive(event));
  }

  private static boolean hasField(RollingAggregate rolling, Event event) {
    if ("value".equals(rolling.field())) {
      return event.value() != null;
    }
    return !"item.vector".equals(rolling.field())
        || RollingExamples.vectorOf(event.itemId()) != null;
  }
}
