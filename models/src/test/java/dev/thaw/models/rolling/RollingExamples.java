package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.Aggregate;
import dev.thaw.featuredefinitions.views.EntityDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.views.ValueType;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view that has every aggregate, in milliseconds so that windows pass quickly. */
final class RollingExamples {
  static final long TTL = 8_000;
  static final VectorSpace SPACE = new VectorSpace("content", "test", 3, Metric.COSINE);
  static final List<EntityDefinition> ENTITIES =
      List.of(
          new EntityDefinition("user", "user_id", ""),
          new EntityDefinition("domain", "domain", ""));
  static final DomainDefinitions DOMAINS =
      DomainDefinitions.of(
          List.of(
              new DomainDefinition(
                  DomainId.of("movies"),
                  1,
                  5,
                  4,
                  List.of(EventType.LIKE, EventType.CLICK),
                  List.of(),
                  List.of())),
          List.of());

  private RollingExamples() {}

  static FeatureView everyAggregate() {
    return view(
        "every_aggregate",
        feature("count_1s", ValueType.INT64, rolling(Aggregate.COUNT, null, List.of(), 1_000)),
        feature("count_all", ValueType.INT64, rolling(Aggregate.COUNT, null, List.of("click"), 0)),
        feature(
            "sum_3s", ValueType.DOUBLE, rolling(Aggregate.SUM, "value", List.of("rating"), 3_000)),
        feature("sum_all", ValueType.DOUBLE, rolling(Aggregate.SUM, "value", List.of("rating"), 0)),
        feature(
            "mean_3s",
            ValueType.DOUBLE,
            rolling(Aggregate.MEAN, "value", List.of("rating"), 3_000)),
        feature("mean_all", ValueType.DOUBLE, rolling(Aggregate.MEAN, "value", List.of(), 0)),
        feature(
            "min_3s", ValueType.DOUBLE, rolling(Aggregate.MIN, "value", List.of("rating"), 3_000)),
        feature(
            "max_5s", ValueType.DOUBLE, rolling(Aggregate.MAX, "value", List.of("rating"), 5_000)),
        feature("max_all", ValueType.DOUBLE, rolling(Aggregate.MAX, "value", List.of("rating"), 0)),
        feature(
            "distinct_3s",
            ValueType.INT64,
            rolling(Aggregate.DISTINCT, "item_id", List.of(), 3_000)),
        feature(
            "distinct_all", ValueType.INT64, rolling(Aggregate.DISTINCT, "item_id", List.of(), 0)),
        feature("last_2s", ValueType.STRING, rolling(Aggregate.LAST, "item_id", List.of(), 2_000)),
        feature(
            "last_rating",
            ValueType.DOUBLE,
            rolling(Aggregate.LAST, "value", List.of("rating"), 0)),
        feature("decayed", ValueType.DOUBLE, decayed(Aggregate.DECAYED_MEAN, "value", 700, false)),
        feature(
            "taste",
            ValueType.FLOAT_LIST,
            decayed(Aggregate.DECAYED_VECTOR_MEAN, "item.vector", 900, true)),
        feature(
            "phone_3s",
            ValueType.INT64,
            new RollingAggregate(
                Aggregate.COUNT,
                null,
                List.of(),
                Map.of("context.device", List.of("phone")),
                false,
                null,
                Duration.ofMillis(3_000),
                null)),
        feature(
            "high_5s",
            ValueType.INT64,
            new RollingAggregate(
                Aggregate.COUNT,
                null,
                List.of("rating"),
                Map.of(),
                false,
                3.0,
                Duration.ofMillis(5_000),
                null)));
  }

  static FeatureView view(String name, FeatureDefinition... features) {
    return new FeatureView(
        name,
        List.of("user", "domain"),
        Duration.ofMillis(TTL),
        "user-features",
        "test",
        "",
        List.of(features));
  }

  static FeatureDefinition feature(String name, ValueType type, RollingAggregate rolling) {
    return new FeatureDefinition(name, type, "", rolling);
  }

  /** A window of 0 is none. */
  static RollingAggregate rolling(
      Aggregate aggregate, @Nullable String field, List<String> types, long window) {
    return new RollingAggregate(
        aggregate,
        field,
        types,
        Map.of(),
        false,
        null,
        window == 0 ? null : Duration.ofMillis(window),
        null);
  }

  static RollingAggregate decayed(
      Aggregate aggregate, String field, long halfLife, boolean positive) {
    return new RollingAggregate(
        aggregate, field, List.of(), Map.of(), positive, null, null, Duration.ofMillis(halfLife));
  }

  static RollingFold fold(FeatureView view, RollingLimits limits) {
    return RollingFold.of(view, ENTITIES, DOMAINS, limits);
  }

  static Event event(String id, String type, String item, @Nullable Double value, long time) {
    return new Event(
        EventId.of(id),
        UserId.of("u"),
        ItemId.of(item),
        DomainId.of("movies"),
        new EventType(type),
        value,
        Instant.ofEpochMilli(time),
        Map.of("device", id.hashCode() % 2 == 0 ? "phone" : "desk"),
        null,
        null,
        null);
  }

  /** A vector that depends on the item alone; every fourth item has none. */
  static @Nullable Embedding vectorOf(ItemId item) {
    int h = item.value().hashCode();
    return h % 4 == 0
        ? null
        : Embedding.copyOf(SPACE, new float[] {h % 7 + 1, (h >> 3) % 5, (h >> 5) % 3});
  }
}
