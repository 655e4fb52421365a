package dev.thaw.serving.featureserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.feast.ExpectedRegistry;
import dev.thaw.featuredefinitions.feast.FeastRepo;
import dev.thaw.featuredefinitions.feast.FeastSession;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import feast.proto.core.EntityProto.EntitySpecV2;
import feast.proto.core.FeatureProto.FeatureSpecV2;
import feast.proto.core.FeatureReferenceProto.FeatureViewProjection;
import feast.proto.core.FeatureServiceProto.FeatureServiceSpec;
import feast.proto.core.FeatureViewProto.FeatureViewSpec;
import feast.proto.core.RegistryProto.Registry;
import feast.proto.core.StreamFeatureViewProto.StreamFeatureViewSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that {@code feast apply} writes, read in Java, says what {@code features.yaml} does. */
class AppliedRegistryIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static FeatureDefinitions definitions;
  private static Path file;

  @BeforeAll
  static void apply() throws Exception {
    FeastRepo repo = FeastRepo.copyTo(folder);
    repo.addFeature(
        "user_activity",
        "{name: phone_sales_2h, type: DOUBLE, aggregate: sum, field: value, types: [purchase],"
            + " where: {context.device: phone}, window: 2h,"
            + " description: Amount bought for on a phone}");
    FeastSession session =
        FeastSession.in(folder).with("THAW_FEATURE_LOG", folder.resolve("log").toString());
    session.add("apply", repo.path());
    session.run();
    definitions = FeatureDefinitions.load(repo.featuresFile());
    file = repo.path().resolve("data/registry.db");
  }

  @Test
  void theFeatureServerReadsWhatIsDefined() {
    ServedFeatures read = RegistryFile.read(file, definitions.project());
    ServedFeatures defined = DefinedFeatures.of(definitions);
    assertThat(read.entities()).isEqualTo(defined.entities());
    assertThat(read.onDemand()).isEmpty();
    assertThat(read.views().keySet()).isEqualTo(defined.views().keySet());
    defined.views().forEach((name, view) -> assertSame(read.views().get(name), view));
    assertThat(read.services().keySet()).isEqualTo(defined.services().keySet());
    defined.services().forEach((name, each) -> assertSame(read.services().get(name), each));
  }

  private static void assertSame(ServedView read, ServedView defined) {
    assertThat(read.joinKeys())
        .as(defined.name())
        .containsExactlyInAnyOrderElementsOf(defined.joinKeys());
    assertThat(read.features())
        .as(defined.name())
        .containsExactlyInAnyOrderElementsOf(defined.features());
    assertThat(read.unread()).as(defined.name()).isEmpty();
    assertThat(read.ttl()).as(defined.name()).isEqualTo(defined.ttl());
  }

  private static void assertSame(ServedFeatures.Service read, ServedFeatures.Service defined) {
    assertThat(read.unserved()).as(defined.name()).isEmpty();
    assertThat(features(read)).as(defined.name()).isEqualTo(features(defined));
  }

  private static Map<String, Set<String>> features(ServedFeatures.Service service) {
    return service.projections().stream()
        .collect(Collectors.toMap(Projection::alias, each -> Set.copyOf(each.features())));
  }

  /** What the server has no use for, too: types, descriptions, owners and tags. */
  @Test
  void everyFieldIsThatOfTheDefinitions() throws Exception {
    Registry registry = Registry.parseFrom(Files.readAllBytes(file));
    Map<String, Object> read = new HashMap<>();
    registry.getEntitiesList().stream()
        .map(each -> each.getSpec())
        .filter(spec -> !spec.getName().equals(RegistryEntities.DUMMY))
        .forEach(spec -> read.put("entities/" + spec.getName(), entity(spec)));
    registry
        .getFeatureViewsList()
        .forEach(each -> read.put("views/" + each.getSpec().getName(), view(each.getSpec())));
    registry
        .getStreamFeatureViewsList()
        .forEach(each -> read.put("views/" + each.getSpec().getName(), view(each.getSpec())));
    registry
        .getFeatureServicesList()
        .forEach(each -> read.put("services/" + each.getSpec().getName(), service(each.getSpec())));

    Map<String, JsonNode> expected = new HashMap<>();
    JsonNode all = JSON.valueToTree(ExpectedRegistry.of(definitions, folder.resolve("log")));
    for (String kind : List.of("entities", "views", "services")) {
      all.get(kind)
          .fields()
          .forEachRemaining(e -> expected.put(kind + "/" + e.getKey(), e.getValue()));
    }
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    assertThat(expected).containsKeys("views/user_activity", "entities/user");
    read.forEach((name, found) -> assertFields(name, JSON.valueToTree(found), expected.get(name)));
  }

  /** Of views the definitions say more, such as their sources. */
  private static void assertFields(String name, JsonNode found, JsonNode expected) {
    JsonNode read = ExpectedRegistry.spelledAsJavaDoes(found);
    read.fields()
        .forEachRemaining(
            field ->
                assertThat(field.getValue())
                    .as("%s of %s", field.getKey(), name)
                    .isEqualTo(expected.get(field.getKey())));
  }

  private static Map<String, Object> entity(EntitySpecV2 spec) {
    return Map.of(
        "join_key", spec.getJoinKey(),
        "type", spec.getValueType().name(),
        "description", spec.getDescription(),
        "owner", spec.getOwner(),
        "tags", spec.getTagsMap());
  }

  private static Map<String, Object> view(FeatureViewSpec spec) {
    return Map.of(
        "entities", spec.getEntitiesList(),
        "join_keys", types(spec.getEntityColumnsList()),
        "ttl_seconds", (double) spec.getTtl().getSeconds(),
        "owner", spec.getOwner(),
        "description", spec.getDescription(),
        "tags", spec.getTagsMap(),
        "online", spec.getOnline(),
        "features", features(spec.getFeaturesList(), spec.getEntityColumnsList()));
  }

  private static Map<String, Object> view(StreamFeatureViewSpec spec) {
    return Map.of(
        "entities", spec.getEntitiesList(),
        "join_keys", types(spec.getEntityColumnsList()),
        "ttl_seconds", (double) spec.getTtl().getSeconds(),
        "owner", spec.getOwner(),
        "description", spec.getDescription(),
        "tags", spec.getTagsMap(),
        "online", spec.getOnline(),
        "features", features(spec.getFeaturesList(), spec.getEntityColumnsList()));
  }

  private static Map<String, String> types(List<FeatureSpecV2> columns) {
    return columns.stream()
        .collect(Collectors.toMap(FeatureSpecV2::getName, each -> each.getValueType().name()));
  }

  /** Stream feature views repeat their join keys among their features. */
  private static Map<String, Object> features(
      List<FeatureSpecV2> columns, List<FeatureSpecV2> keys) {
    Map<String, Object> features = new TreeMap<>();
    for (FeatureSpecV2 each : columns) {
      if (!types(keys).containsKey(each.getName())) {
        features.put(
            each.getName(),
            Map.of(
                "type", each.getValueType().name(),
                "description", each.getDescription(),
                "tags", each.getTagsMap()));
      }
    }
    return features;
  }

  private static Map<String, Object> service(FeatureServiceSpec spec) {
    return Map.of(
        "views",
            spec.getFeaturesList().stream()
                .map(FeatureViewProjection::getFeatureViewName)
                .sorted()
                .toList(),
        "features",
            spec.getFeaturesList().stream()
                .collect(
                    Collectors.toMap(
                        FeatureViewProjection::getFeatureViewName,
                        each ->
                            each.getFeatureColumnsList().stream()
                                .map(FeatureSpecV2::getName)
                                .sorted()
                                .toList())),
        "description", spec.getDescription(),
        "owner", spec.getOwner(),
        "tags", spec.getTagsMap());
  }
}
