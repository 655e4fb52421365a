package dev.thaw.featuredefinitions.views;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.yaml.Durations;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The rolling part of one feature: which keys each aggregate wants and what type it gives. */
final class RollingYaml {
  static final String[] KEYS = {
    "aggregate", "field", "types", "where", "positive", "min_value", "window", "half_life"
  };

  private RollingYaml() {}

  /** Null if the feature isn't rolling. */
  static @Nullable RollingAggregate read(YamlMapping feature, ValueType type, Duration ttl) {
    if (!feature.has("aggregate")) {
      for (String key : KEYS) {
        if (feature.has(key)) {
          throw feature.fault(key, "needs an aggregate beside it");
        }
      }
      return null;
    }
    Aggregate aggregate = feature.oneOf("aggregate", Aggregate.class);
    String field = field(feature, aggregate);
    requireType(feature, aggregate, field, type);
    OptionalDouble minValue = feature.optionalNumber("min_value");
    return new RollingAggregate(
        aggregate,
        field,
        types(feature),
        where(feature),
        feature.flag("positive", false),
        minValue.isPresent() ? minValue.getAsDouble() : null,
        window(feature, aggregate, ttl),
        halfLife(feature, aggregate));
  }

  /** Refuses conditions on event types and domains that no event can meet. */
  static void check(YamlMapping feature, DomainDefinitions domains) {
    List<String> types = domains.eventTypes().stream().map(EventType::name).toList();
    List<String> names = domains.all().stream().map(domain -> domain.name().value()).toList();
    requireKnown(feature, "types", types);
    feature
        .optionalMapping("where")
        .ifPresent(
            where -> {
              requireKnown(where, EventFields.TYPE, types);
              requireKnown(where, EventFields.DOMAIN, names);
            });
  }

  private static void requireKnown(YamlMapping mapping, String key, List<String> known) {
    for (String value : mapping.texts(key)) {
      if (!known.contains(value)) {
        throw mapping.fault(
            key, "must be among " + String.join(", ", known) + ", was \"" + value + '"');
      }
    }
  }

  private static @Nullable String field(YamlMapping feature, Aggregate aggregate) {
    if (aggregate == Aggregate.COUNT) {
      if (feature.has("field")) {
        throw feature.fault("field", "is not used by count; filter with types or where");
      }
      return null;
    }
    String field = feature.text("field");
    if (EventFields.typesOf(field).isEmpty()) {
      throw feature.fault("field", "must be " + EventFields.known() + ", was \"" + field + '"');
    }
    return field;
  }

  private static void requireType(
      YamlMapping feature, Aggregate aggregate, @Nullable String field, ValueType type) {
    List<ValueType> of = field == null ? List.of() : EventFields.typesOf(field);
    boolean fits =
        switch (aggregate) {
          case COUNT -> true;
          case DISTINCT, LAST -> !of.contains(ValueType.FLOAT_LIST);
          case SUM, MEAN, MIN, MAX, DECAYED_MEAN -> of.contains(ValueType.DOUBLE);
          case DECAYED_VECTOR_MEAN -> of.contains(ValueType.FLOAT_LIST);
        };
    if (!fits) {
      throw feature.fault(
          "field", name(aggregate) + " can't aggregate " + field + ", which is " + words(of));
    }
    List<ValueType> wanted =
        switch (aggregate) {
          case COUNT, DISTINCT -> List.of(ValueType.INT64);
          case SUM, MEAN, MIN, MAX, DECAYED_MEAN -> List.of(ValueType.DOUBLE);
          case DECAYED_VECTOR_MEAN -> List.of(ValueType.FLOAT_LIST);
          case LAST -> of;
        };
    if (!wanted.contains(type)) {
      throw feature.fault(
          "type",
          "must be "
              + words(wanted)
              + " for "
              + name(aggregate)
              + " of "
              + field
              + ", was "
              + type);
    }
  }

  private static String words(List<ValueType> types) {
    return types.stream().map(ValueType::name).collect(java.util.stream.Collectors.joining(" or "));
  }

  private static List<String> types(YamlMapping feature) {
    return feature.texts("types", type -> new EventType(type).name());
  }

  private static Map<String, List<String>> where(YamlMapping feature) {
    Map<String, List<String>> where = new LinkedHashMap<>();
    feature
        .optionalMapping("where")
        .ifPresent(
            conditions -> {
              for (String field : conditions.keys()) {
                if (!EventFields.typesOf(field).contains(ValueType.STRING)) {
                  throw conditions.fault(
                      field, "must be a text field of the event: " + EventFields.known());
                }
                List<String> allowed = conditions.texts(field);
                if (allowed.isEmpty()) {
                  throw conditions.fault(field, "must allow at least one value");
                }
                where.put(field, allowed);
              }
            });
    return where;
  }

  private static @Nullable Duration window(YamlMapping feature, Aggregate aggregate, Duration ttl) {
    if (decays(aggregate) && feature.has("window")) {
      throw feature.fault("window", "is not used by " + name(aggregate) + ", half_life is");
    }
    Duration window = positive(feature, "window");
    if (window != null && window.compareTo(ttl) > 0) {
      throw feature.fault(
          "window",
          "must be at most the view's ttl of "
              + Durations.format(ttl)
              + ", was "
              + Durations.format(window));
    }
    return window;
  }

  private static @Nullable Duration halfLife(YamlMapping feature, Aggregate aggregate) {
    boolean decays = decays(aggregate);
    if (decays != feature.has("half_life")) {
      throw feature.fault("half_life", decays ? "is missing" : "is not used by " + name(aggregate));
    }
    return positive(feature, "half_life");
  }

  private static boolean decays(Aggregate aggregate) {
    return aggregate == Aggregate.DECAYED_MEAN || aggregate == Aggregate.DECAYED_VECTOR_MEAN;
  }

  private static @Nullable Duration positive(YamlMapping feature, String key) {
    if (!feature.has(key)) {
      return null;
    }
    Duration duration = feature.duration(key);
    if (duration.isZero()) {
      throw feature.fault(key, "must be longer than 0, was " + feature.text(key));
    }
    return duration;
  }

  private static String name(Aggregate aggregate) {
    return aggregate.name().toLowerCase(java.util.Locale.ROOT);
  }
}
