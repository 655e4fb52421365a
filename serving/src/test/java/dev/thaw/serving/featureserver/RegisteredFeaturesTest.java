package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import feast.proto.core.EntityProto.Entity;
import feast.proto.core.EntityProto.EntitySpecV2;
import feast.proto.core.FeatureProto.FeatureSpecV2;
import feast.proto.core.FeatureViewProto.FeatureView;
import feast.proto.core.FeatureViewProto.FeatureViewSpec;
import feast.proto.core.RegistryProto.Registry;
import feast.proto.types.ValueProto.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is applied while a feature server runs is served without a restart. */
@Timeout(120)
class RegisteredFeaturesTest {
  private static final Duration EVERY = Duration.ofMillis(20);

  @TempDir Path folder;

  @Test
  void aFeatureThatIsAppliedLaterIsServedAndABrokenRegistryChangesNothing() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("thaw.yaml"),
            "version: 1\nhome: home\nstore: {type: sqlite, location: store.db, project: shop}\n");
    Path registry = folder.resolve("registry.db");
    replace(registry, registry("trips"));
    try (OpenedFeatureServer server =
        OpenedFeatureServer.of(
            ThawConfig.load(config, Map.of()),
            new FeatureServerConfig("127.0.0.1", 0),
            registry,
            EVERY)) {
      assertThat(ask(server, "trips").status().code()).isEqualTo(200);
      assertThat(ask(server, "rating").contentUtf8()).contains("drivers:rating", "trips");

      replace(registry, "no registry".getBytes(StandardCharsets.UTF_8));
      LockSupport.parkNanos(EVERY.multipliedBy(5).toNanos());
      assertThat(ask(server, "trips").status().code()).isEqualTo(200);

      replace(registry, registry("trips", "rating"));
      AggregatedHttpResponse answer = ask(server, "rating");
      while (answer.status().code() != 200) {
        LockSupport.parkNanos(EVERY.toNanos());
        answer = ask(server, "rating");
      }
      assertThat(answer.contentUtf8()).contains("\"rating\"", "NOT_FOUND");
      assertThat(ask(server, "trips").status().code()).isEqualTo(200);
    }
  }

  private static AggregatedHttpResponse ask(OpenedFeatureServer server, String feature) {
    return WebClient.of(server.uri())
        .blocking()
        .execute(
            RequestHeaders.builder(HttpMethod.POST, "/get-online-features")
                .contentType(MediaType.JSON)
                .build(),
            "{\"features\": [\"drivers:%s\"], \"entities\": {\"driver_id\": [\"d\"]}}"
                .formatted(feature));
  }

  /** As {@code feast apply} does: never half a file. */
  private static void replace(Path registry, byte[] content) throws IOException {
    Path next = Files.write(registry.resolveSibling("registry.next"), content);
    Files.move(next, registry, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] registry(String... features) {
    return Registry.newBuilder()
        .addEntities(
            Entity.newBuilder()
                .setSpec(
                    EntitySpecV2.newBuilder()
                        .setProject("shop")
                        .setName("driver")
                        .setJoinKey("driver_id")
                        .setValueType(ValueType.Enum.STRING)))
        .addFeatureViews(
            FeatureView.newBuilder()
                .setSpec(
                    FeatureViewSpec.newBuilder()
                        .setProject("shop")
                        .setName("drivers")
                        .addEntities("driver")
                        .addEntityColumns(column("driver_id", ValueType.Enum.STRING))
                        .addAllFeatures(
                            List.of(features).stream()
                                .map(name -> column(name, ValueType.Enum.INT64))
                                .toList())))
        .build()
        .toByteArray();
  }

  private static FeatureSpecV2 column(String name, ValueType.Enum type) {
    return FeatureSpecV2.newBuilder().setName(name).setValueType(type).build();
  }
}
