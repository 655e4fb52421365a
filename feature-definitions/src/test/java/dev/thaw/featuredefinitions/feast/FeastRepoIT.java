package dev.thaw.featuredefinitions.feast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.views.Aggregate;
import dev.thaw.featuredefinitions.views.EntityDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureService;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code feast apply} registers is what Java reads from the same file, field by field. */
class FeastRepoIT {
  private static final Map<Aggregate, String> FUNCTIONS =
      Map.of(
          Aggregate.COUNT, "count",
          Aggregate.SUM, "sum",
          Aggregate.MEAN, "mean",
          Aggregate.MIN, "min",
          Aggregate.MAX, "max",
          Aggregate.DISTINCT, "count_distinct");

  @TempDir Path folder;
  private FeastRepo repo;

  @BeforeEach
  void copyRepo() throws IOException {
    Optional<Path> python = FeastRepo.python();
    if (python.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI needs Feast: run feature-definitions/feature_repo/setup");
    }
    assumeTrue(python.isPresent(), "no Feast: run feature-definitions/feature_repo/setup");
    repo = FeastRepo.copyTo(folder, python.orElseThrow());
  }

  @Test
  void registryHoldsWhatJavaReads() throws Exception {
    repo.apply();

    JsonNode registry = repo.registry();

    FeatureDefinitions shipped = FeatureDefinitions.load(repo.featuresFile());
    assertSame(registry.get("project"), shipped.project());
    assertSame(registry.get("key_version"), 3);
    assertSame(registry.get("entities"), entities(shipped));
    assertSame(
        registry.get("streams"),
        shipped.rollingViews().stream().map(FeatureView::name).sorted().toList());
    for (FeatureView view : shipped.views()) {
      assertSame(registry.get("views").get(view.name()), view(shipped, view));
    }
    assertThat(registry.get("views")).hasSize(shipped.views().size());
    assertSame(
        registry.get("services"),
        shipped.services().stream()
            .collect(
                Collectors.toMap(FeatureService::name, s -> s.views().stream().sorted().toList())));
  }

  @Test
  void addedLinesAreRegisteredAndNothingElseIsTouched() throws Exception {
    String line =
        "      - {name: phone_sales_2h, type: DOUBLE, aggregate: sum, field: value,"
            + " types: [purchase], where: {context.device: phone}, window: 2h,"
            + " description: Amount bought for on a phone}\n";
    String text = Files.readString(repo.featuresFile());
    Files.writeString(
        repo.featuresFile(), text.replaceFirst("    features:\n", "    features:\n" + line));
    repo.apply();

    JsonNode view = repo.registry().get("views").get("user_activity");

    FeatureDefinitions changed = FeatureDefinitions.load(repo.featuresFile());
    assertSame(view, view(changed, changed.view("user_activity")));
    assertSame(
        view.get("aggregations").get("phone_sales_2h"),
        Map.of("function", "sum", "column", "value", "window_seconds", 7200.0));
    assertThat(view.get("features").get("phone_sales_2h").get("tags").get("where").asText())
        .isEqualTo("{\"context.device\": \"phone\"}");
  }

  /** Compares as JSON, so that a difference shows both texts. */
  private static void assertSame(JsonNode actual, Object expected) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode wanted = json.readTree(json.writeValueAsBytes(expected));
    assertThat(sorted(actual)).isEqualTo(sorted(wanted));
  }

  private static String sorted(JsonNode node) throws IOException {
    ObjectMapper json =
        new ObjectMapper()
            .configure(
                com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
                true);
    Object plain = json.treeToValue(node, Object.class);
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(plain);
  }

  private static Map<String, Object> entities(FeatureDefinitions definitions) {
    return definitions.entities().stream()
        .collect(
            Collectors.toMap(
                EntityDefinition::name,
                e ->
                    Map.of(
                        "join_key",
                        e.joinKey(),
                        "type",
                        "STRING",
                        "description",
                        e.description())));
  }

  private static Map<String, Object> view(FeatureDefinitions definitions, FeatureView view) {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("entities", view.entities());
    expected.put("join_keys", definitions.joinKeys(view));
    expected.put("ttl_seconds", (double) view.ttl().toSeconds());
    expected.put("owner", view.owner());
    expected.put("description", view.description());
    expected.put("writer", view.writer());
    expected.put("push", view.name() + "_push");
    expected.put("batch", view.name() + "_batch");
    Map<String, Object> features = new LinkedHashMap<>();
    Map<String, Object> aggregations = new LinkedHashMap<>();
    for (FeatureDefinition feature : view.features()) {
      features.put(
          feature.name(),
          Map.of(
              "type",
              feature.type().name(),
              "description",
              feature.description(),
              "tags",
              RollingTags.of(feature)));
      RollingAggregate rolling = feature.rolling();
      if (rolling != null
          && rolling.window() != null
          && FUNCTIONS.containsKey(rolling.aggregate())) {
        aggregations.put(
            feature.name(),
            Map.of(
                "function",
                FUNCTIONS.get(rolling.aggregate()),
                "column",
                rolling.field() == null ? "event_id" : rolling.field(),
                "window_seconds",
                (double) rolling.window().toSeconds()));
      }
    }
    expected.put("features", features);
    expected.put("aggregations", aggregations);
    return expected;
  }

  /** The tags by which the registry tells a rolling definition. */
  private static final class RollingTags {
    static Map<String, String> of(FeatureDefinition feature) {
      Map<String, String> tags = new LinkedHashMap<>();
      RollingAggregate rolling = feature.rolling();
      if (rolling == null) {
        return tags;
      }
      tags.put("aggregate", rolling.aggregate().name().toLowerCase(java.util.Locale.ROOT));
      putIfPresent(tags, "field", rolling.field());
      if (!rolling.types().isEmpty()) {
        tags.put("types", String.join(",", rolling.types()));
      }
      rolling
          .where()
          .forEach(
              (field, values) ->
                  tags.put("where", "{\"" + field + "\": \"" + String.join("", values) + "\"}"));
      if (rolling.positive()) {
        tags.put("positive", "true");
      }
      putIfPresent(tags, "min_value", rolling.minValue());
      putIfPresent(tags, "window", format(rolling.window()));
      putIfPresent(tags, "half_life", format(rolling.halfLife()));
      return tags;
    }

    private static String format(java.time.Duration duration) {
      return duration == null ? null : dev.thaw.featuredefinitions.yaml.Durations.format(duration);
    }

    private static void putIfPresent(Map<String, String> tags, String key, Object value) {
      if (value != null) {
        tags.put(key, value.toString());
      }
    }
  }
}
