package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.views.ValueType;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.models.binary.Hash64;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One compiled feature.
 *
 * @param fingerprint of the definition; a stored part of another definition is not this feature's
 * @param filter index of the filter it shares with others of the view
 * @param window in milliseconds, {@link #ALL} without one
 * @param vectors whether it leaves out events without a vector
 */
record RollingFeature<P extends Part>(
    String name,
    long fingerprint,
    int filter,
    long window,
    boolean vectors,
    Aggregation<P> aggregation) {
  static final long ALL = Long.MAX_VALUE;

  static RollingFeature<?> of(FeatureDefinition feature, int filter, RollingLimits limits) {
    RollingAggregate rolling = feature.rolling();
    if (rolling == null) {
      throw new IllegalArgumentException("is not rolling");
    }
    Duration window = rolling.window();
    if (window != null && window.toMillis() < 1) {
      throw new IllegalArgumentException("window must be at least 1 ms, was " + window);
    }
    String definition =
        rolling.aggregate()
            + " of "
            + rolling.field()
            + " "
            + EventFilter.spell(rolling)
            + " window="
            + window
            + " half_life="
            + rolling.halfLife()
            + " type="
            + feature.type();
    return new RollingFeature<>(
        feature.name(),
        Hash64.of(definition),
        filter,
        window == null ? ALL : window.toMillis(),
        readsItemVector(feature),
        aggregation(rolling, feature.type(), limits));
  }

  private static Aggregation<?> aggregation(
      RollingAggregate rolling, ValueType type, RollingLimits limits) {
    return switch (rolling.aggregate()) {
      case COUNT -> numbers(Cells.Merge.COUNT, rolling, type, limits);
      case SUM -> numbers(Cells.Merge.SUM, rolling, type, limits);
      case MEAN -> numbers(Cells.Merge.MEAN, rolling, type, limits);
      case MIN -> numbers(Cells.Merge.MIN, rolling, type, limits);
      case MAX -> numbers(Cells.Merge.MAX, rolling, type, limits);
      case DISTINCT -> {
        requireNumber(type);
        yield new Aggregation.OfDistinct(
            EventFields.text(field(rolling)), type, limits.distinctValues());
      }
      case LAST -> newest(rolling, type);
      case DECAYED_MEAN -> {
        requireNumber(type);
        yield new Aggregation.OfDecayedNumber(
            EventFields.number(field(rolling)), type, halfLife(rolling));
      }
      case DECAYED_VECTOR_MEAN -> {
        if (type != ValueType.FLOAT_LIST || !field(rolling).equals(EventFields.ITEM_VECTOR)) {
          throw new IllegalArgumentException(
              "decayed_vector_mean needs type FLOAT_LIST and field item.vector, were "
                  + type
                  + " and "
                  + field(rolling));
        }
        yield new Aggregation.OfDecayedVector(halfLife(rolling));
      }
    };
  }

  private static Aggregation<?> numbers(
      Cells.Merge merge, RollingAggregate rolling, ValueType type, RollingLimits limits) {
    requireNumber(type);
    Duration window = rolling.window();
    long pane = window == null ? 0 : -Math.floorDiv(-window.toMillis(), (long) limits.panes());
    return new Aggregation.OfNumbers(
        merge,
        merge == Cells.Merge.COUNT ? null : EventFields.number(field(rolling)),
        type,
        pane,
        limits.cells());
  }

  private static Aggregation<?> newest(RollingAggregate rolling, ValueType type) {
    boolean number = FeatureValues.isNumber(type) || type == ValueType.UNIX_TIMESTAMP;
    if (!number && type != ValueType.STRING && type != ValueType.BOOL) {
      throw new IllegalArgumentException(
          "last needs a type that is one number, text, bool or timestamp, was " + type);
    }
    return number
        ? new Aggregation.OfNewest(null, EventFields.number(field(rolling)), type)
        : new Aggregation.OfNewest(EventFields.text(field(rolling)), null, type);
  }

  private static String field(RollingAggregate rolling) {
    String field = rolling.field();
    if (field == null) {
      throw new IllegalArgumentException(
          rolling.aggregate().name().toLowerCase(java.util.Locale.ROOT) + " needs a field");
    }
    return field;
  }

  private static double halfLife(RollingAggregate rolling) {
    Duration halfLife = rolling.halfLife();
    if (halfLife == null || halfLife.toMillis() < 1) {
      throw new IllegalArgumentException(
          "a decayed aggregate needs a half_life of at least 1 ms, was " + halfLife);
    }
    if (rolling.window() != null) {
      throw new IllegalArgumentException(
          "a decayed aggregate takes no window, was " + rolling.window());
    }
    return halfLife.toMillis();
  }

  private static void requireNumber(ValueType type) {
    if (!FeatureValues.isNumber(type)) {
      throw new IllegalArgumentException("type must be INT32, INT64, FLOAT or DOUBLE, was " + type);
    }
  }

  static boolean readsItemVector(FeatureDefinition feature) {
    RollingAggregate rolling = feature.rolling();
    return rolling != null && rolling.readsItemVector();
  }

  boolean windowed() {
    return window != ALL;
  }

  boolean add(Part part, Event event, @Nullable Embedding itemVector, long time, long oldest) {
    return time > oldest && aggregation.add(own(part), event, itemVector, time, oldest);
  }

  FeatureValue value(Part part) {
    return aggregation.value(own(part));
  }

  /** The fold made each part with this feature's aggregation, see {@link Layout}. */
  @SuppressWarnings("unchecked")
  private P own(Part part) {
    return (P) part;
  }
}
