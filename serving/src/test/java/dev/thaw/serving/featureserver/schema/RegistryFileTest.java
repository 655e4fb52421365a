package dev.thaw.serving.featureserver.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feast.proto.core.EntityProto.Entity;
import feast.proto.core.EntityProto.EntitySpecV2;
import feast.proto.core.FeatureProto.FeatureSpecV2;
import feast.proto.core.FeatureReferenceProto.FeatureViewProjection;
import feast.proto.core.FeatureServiceProto.FeatureService;
import feast.proto.core.FeatureServiceProto.FeatureServiceSpec;
import feast.proto.core.FeatureViewProto.FeatureView;
import feast.proto.core.FeatureViewProto.FeatureViewSpec;
import feast.proto.core.OnDemandFeatureViewProto.OnDemandFeatureView;
import feast.proto.core.OnDemandFeatureViewProto.OnDemandFeatureViewSpec;
import feast.proto.core.RegistryProto.Registry;
import feast.proto.core.StreamFeatureViewProto.StreamFeatureView;
import feast.proto.core.StreamFeatureViewProto.StreamFeatureViewSpec;
import feast.proto.types.ValueProto.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryFileTest {
  @TempDir Path folder;

  private static FeatureSpecV2 column(String name, ValueType.Enum type) {
    return FeatureSpecV2.newBuilder().setName(name).setValueType(type).build();
  }

  private static Entity entity(String project, String name, String key, ValueType.Enum type) {
    return Entity.newBuilder()
        .setSpec(
            EntitySpecV2.newBuilder()
                .setProject(project)
                .setName(name)
                .setJoinKey(key)
                .setValueType(type))
        .build();
  }

  private static FeatureView view(FeatureViewSpec.Builder spec) {
    return FeatureView.newBuilder().setSpec(spec).build();
  }

  private ServedFeatures read(Registry.Builder registry) throws IOException {
    Path file = Files.write(folder.resolve("registry.db"), registry.build().toByteArray());
    return RegistryFile.read(file, "shop");
  }

  private static Registry.Builder registry() {
    return Registry.newBuilder()
        .addEntities(entity("shop", "driver", "driver_id", ValueType.Enum.STRING))
        .addEntities(entity("shop", "zone", "zone_id", ValueType.Enum.BOOL))
        .addEntities(entity("shop", "__dummy", "__dummy_id", ValueType.Enum.STRING))
        .addEntities(entity("other", "other", "other_id", ValueType.Enum.STRING))
        .addFeatureViews(
            view(
                FeatureViewSpec.newBuilder()
                    .setProject("shop")
                    .setName("drivers")
                    .addEntities("driver")
                    .addEntityColumns(column("driver_id", ValueType.Enum.INT64))
                    .addFeatures(column("trips", ValueType.Enum.INT64))
                    .addFeatures(
                        FeatureSpecV2.newBuilder().setName("map").setValueTypeValue(32).build())
                    .setTtl(com.google.protobuf.Duration.newBuilder().setSeconds(60))))
        .addFeatureViews(
            view(
                FeatureViewSpec.newBuilder()
                    .setProject("shop")
                    .setName("zones")
                    .addEntities("zone")
                    .addFeatures(column("size", ValueType.Enum.DOUBLE))))
        .addFeatureViews(
            view(
                FeatureViewSpec.newBuilder()
                    .setProject("shop")
                    .setName("world")
                    .addEntities("__dummy")
                    .addFeatures(column("rate", ValueType.Enum.DOUBLE))))
        .addFeatureViews(view(FeatureViewSpec.newBuilder().setProject("other").setName("drivers")))
        .addStreamFeatureViews(
            StreamFeatureView.newBuilder()
                .setSpec(
                    StreamFeatureViewSpec.newBuilder()
                        .setProject("shop")
                        .setName("stream")
                        .addEntities("driver")
                        .addFeatures(column("driver_id", ValueType.Enum.STRING))
                        .addFeatures(column("rides", ValueType.Enum.INT32_LIST))))
        .addOnDemandFeatureViews(
            OnDemandFeatureView.newBuilder()
                .setSpec(
                    OnDemandFeatureViewSpec.newBuilder().setProject("shop").setName("computed")))
        .addFeatureServices(service("plain", projection("drivers", "trips", "map")))
        .addFeatureServices(
            service("python", projection("drivers", "trips"), projection("computed", "x")));
  }

  private static FeatureViewProjection projection(String view, String... features) {
    FeatureViewProjection.Builder projection =
        FeatureViewProjection.newBuilder()
            .setFeatureViewName(view)
            .setFeatureViewNameAlias("of_" + view)
            .putJoinKeyMap("driver_id", "other_driver");
    for (String each : features) {
      projection.addFeatureColumns(column(each, ValueType.Enum.INT64));
    }
    return projection.build();
  }

  private static FeatureService service(String name, FeatureViewProjection... projections) {
    return FeatureService.newBuilder()
        .setSpec(
            FeatureServiceSpec.newBuilder()
                .setProject("shop")
                .setName(name)
                .addAllFeatures(List.of(projections)))
        .build();
  }

  @Test
  void viewsAreReadWithTheTypesOfTheirKeysAndOnlyOfTheProject() throws IOException {
    ServedFeatures served = read(registry());
    assertThat(served.entities()).isEqualTo(Map.of("driver", "driver_id", "zone", "zone_id"));
    assertThat(served.views().keySet())
        .containsExactlyInAnyOrder("drivers", "zones", "world", "stream");
    ServedView drivers = served.views().get("drivers");
    assertThat(drivers.joinKeys()).containsExactly(new JoinKey("driver_id", JoinKey.Type.INT64));
    assertThat(drivers.features()).containsExactly("trips");
    assertThat(drivers.unread().get("map")).contains("32");
    assertThat(drivers.ttl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(served.views().get("stream").features()).containsExactly("rides");
    assertThat(served.views().get("stream").ttl()).isZero();
    assertThat(served.views().get("world").joinKeys()).isEmpty();
    assertThat(served.schema().features("drivers")).containsExactly("trips");
  }

  @Test
  void aViewWhoseKeyCanNotBeReadSaysSoOfItsFeatures() throws IOException {
    ServedView zones = read(registry()).views().get("zones");
    assertThat(zones.features()).isEmpty();
    assertThat(zones.unread()).containsEntry("size", "its join key zone_id is of type BOOL");
  }

  @Test
  void servicesKeepTheirNamesKeysAndReasons() throws IOException {
    ServedFeatures served = read(registry());
    Projection plain = served.services().get("plain").projections().get(0);
    assertThat(plain.alias()).isEqualTo("of_drivers");
    assertThat(plain.features()).containsExactly("trips", "map");
    assertThat(plain.requestKey(plain.view().joinKeys().get(0))).isEqualTo("other_driver");
    assertThat(served.onDemand()).containsExactly("computed");
    assertThat(served.services().get("python").unserved().orElseThrow())
        .contains("computed", "Python function");
  }

  @Test
  void ofTwoDefinitionsTheRegistrysIsServed() throws IOException {
    ServedFeatures other =
        new ServedFeatures(
            Map.of("x", "x_id"),
            Map.of(
                "drivers",
                new ServedView("drivers", List.of(), List.of("old"), Map.of(), Duration.ZERO),
                "more",
                new ServedView("more", List.of(), List.of("new"), Map.of(), Duration.ZERO)),
            Set.of(),
            Map.of());
    ServedFeatures both = read(registry()).and(other);
    assertThat(both.views().get("drivers").features()).containsExactly("trips");
    assertThat(both.views().get("more").features()).containsExactly("new");
    assertThat(both.joinKey("x")).contains("x_id");
  }

  @Test
  void whatIsNoRegistryOfTheProjectIsRefusedByName() throws IOException {
    Path file = Files.write(folder.resolve("r.db"), registry().build().toByteArray());
    assertThatThrownBy(() -> RegistryFile.read(file, "nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("r.db", "\"nobody\"", "[other, shop]");
    Path text = Files.writeString(folder.resolve("text.db"), "no registry");
    assertThatThrownBy(() -> RegistryFile.read(text, "shop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text.db");
    assertThatThrownBy(() -> RegistryFile.read(folder.resolve("missing"), "shop"))
        .hasMessageContaining("missing");
  }
}
