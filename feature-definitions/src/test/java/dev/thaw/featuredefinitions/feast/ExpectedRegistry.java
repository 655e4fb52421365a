package dev.thaw.featuredefinitions.feast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.views.Aggregate;
import dev.thaw.featuredefinitions.views.EntityDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureService;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.yaml.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The registry that follows from what Java reads, in the form of {@code feast_registry.py}. */
public final class ExpectedRegistry {
  private static final Map<Aggregate, String> FUNCTIONS =
      Map.of(
          Aggregate.COUNT, "count",
          Aggregate.SUM, "sum",
          Aggregate.MEAN, "mean",
          Aggregate.MIN, "min",
          Aggregate.MAX, "max",
          Aggregate.DISTINCT, "count_distinct");

  private final FeatureDefinitions definitions;
  private final Path log;

  private ExpectedRegistry(FeatureDefinitions definitions, Path log) {
    this.definitions = definitions;
    this.log = log;
  }

  /**
   * @param log folder of the feature log
   */
  public static Map<String, Object> of(FeatureDefinitions definitions, Path log) {
    return new ExpectedRegistry(definitions, log).contents();
  }

  /** Feast keeps durations in tags as they are written in {@code features.yaml}. */
  public static JsonNode spelledAsJavaDoes(JsonNode registry) {
    for (JsonNode tags : registry.findValues("tags")) {
      for (String key : List.of("window", "half_life")) {
        if (tags.has(key)) {
          String duration = Durations.format(Durations.parse(tags.get(key).asText()));
          ((ObjectNode) tags).put(key, duration);
        }
      }
    }
    return registry;
  }

  private Map<String, Object> contents() {
    List<FeatureView> views = definitions.views();
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("project", definitions.project());
    expected.put("key_version", 3);
    expected.put("offline_store", "duckdb");
    expected.put("entities", byName(definitions.entities(), EntityDefinition::name, this::entity));
    expected.put(
        "streams", definitions.rollingViews().stream().map(FeatureView::name).sorted().toList());
    expected.put("views", byName(views, FeatureView::name, this::view));
    expected.put("services", byName(definitions.services(), FeatureService::name, this::service));
    expected.put(
        "sources",
        views.stream()
            .flatMap(view -> Stream.of(view.name() + "_batch", view.name() + "_push"))
            .sorted()
            .toList());
    return expected;
  }

  private static <T> Map<String, Object> byName(
      List<T> all, Function<T, String> name, Function<T, Object> form) {
    return all.stream().collect(Collectors.toMap(name, form));
  }

  private Object entity(EntityDefinition entity) {
    return Map.of(
        "join_key", entity.joinKey(),
        "type", "STRING",
        "description", entity.description(),
        "owner", definitions.project(),
        "tags", Map.of());
  }

  private Object service(FeatureService service) {
    return Map.of(
        "views", service.views().stream().sorted().toList(),
        "features",
            byName(
                service.views(),
                name -> name,
                name ->
                    definitions.view(name).features().stream()
                        .map(FeatureDefinition::name)
                        .sorted()
                        .toList()),
        "description", service.description(),
        "owner", definitions.project(),
        "tags", Map.of());
  }

  private Object view(FeatureView view) {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("entities", view.entities());
    expected.put("join_keys", byName(definitions.joinKeys(view), key -> key, key -> "STRING"));
    expected.put("ttl_seconds", (double) view.ttl().toSeconds());
    expected.put("owner", view.owner());
    expected.put("description", view.description());
    expected.put("tags", Map.of("writer", view.writer()));
    expected.put("online", true);
    expected.put("push", source(view, "push"));
    Map<String, Object> batch = source(view, "batch");
    batch.put("path", log.resolve(view.name()).toString());
    batch.put("format", "ParquetFormat");
    batch.put("event_time", "event_timestamp");
    batch.put("created", "created_timestamp");
    expected.put("batch", batch);
    expected.put("features", byName(view.features(), FeatureDefinition::name, this::feature));
    expected.put(
        "aggregations",
        byName(
            view.features().stream().filter(ExpectedRegistry::isFeasts).toList(),
            FeatureDefinition::name,
            ExpectedRegistry::aggregation));
    return expected;
  }

  private static Map<String, Object> source(FeatureView view, String kind) {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("name", view.name() + "_" + kind);
    expected.put("owner", view.owner());
    expected.put("description", "Every version of " + view.name() + ", for training sets");
    expected.put("tags", Map.of("writer", view.writer()));
    return expected;
  }

  private Object feature(FeatureDefinition feature) {
    return Map.of(
        "type", feature.type().name(),
        "description", feature.description(),
        "tags", tags(feature.rolling()));
  }

  private static boolean isFeasts(FeatureDefinition feature) {
    RollingAggregate rolling = feature.rolling();
    return rolling != null
        && rolling.window() != null
        && FUNCTIONS.containsKey(rolling.aggregate());
  }

  private static Object aggregation(FeatureDefinition feature) {
    RollingAggregate rolling = feature.rolling();
    return Map.of(
        "function",
        FUNCTIONS.get(rolling.aggregate()),
        "column",
        rolling.field() == null ? "event_id" : rolling.field(),
        "window_seconds",
        (double) rolling.window().toSeconds());
  }

  /** By which the registry tells a rolling definition. */
  private static Map<String, String> tags(@Nullable RollingAggregate rolling) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (rolling == null) {
      return tags;
    }
    tags.put("aggregate", rolling.aggregate().name().toLowerCase(Locale.ROOT));
    put(tags, "field", rolling.field());
    put(tags, "types", rolling.types().isEmpty() ? null : String.join(",", rolling.types()));
    rolling
        .where()
        .forEach(
            (field, values) ->
                tags.put("where", "{\"" + field + "\": \"" + String.join("", values) + "\"}"));
    put(tags, "positive", rolling.positive() ? "true" : null);
    put(tags, "min_value", rolling.minValue());
    put(tags, "window", format(rolling.window()));
    put(tags, "half_life", format(rolling.halfLife()));
    return tags;
  }

  private static @Nullable String format(@Nullable Duration duration) {
    return duration == null ? null : Durations.format(duration);
  }

  private static void put(Map<String, String> tags, String key, @Nullable Object value) {
    if (value != null) {
      tags.put(key, value.toString());
    }
  }
}
