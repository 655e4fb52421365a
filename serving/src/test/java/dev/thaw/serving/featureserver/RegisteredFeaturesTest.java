package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineStore;
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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
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

  @Test
  void whatIsAppliedWithinOneTickIsServedAndEveryStoreClosedOnce() throws IOException {
    Path registry = folder.resolve("registry.db");
    replace(registry, registry("trips"));
    List<CountingStore> opened = new CopyOnWriteArrayList<>();
    RegisteredFeatures features =
        new RegisteredFeatures(
            registry,
            "shop",
            UnaryOperator.identity(),
            known -> {
              CountingStore store = new CountingStore();
              opened.add(store);
              return store;
            },
            EVERY);
    FileTime tick = Files.getLastModifiedTime(registry);
    for (String added : List.of("rating", "tips")) {
      replace(registry, registry("trips", added));
      Files.setLastModifiedTime(registry, tick);
      while (!features.get().known().views().get("drivers").features().contains(added)) {
        LockSupport.parkNanos(EVERY.toNanos());
      }
    }
    assertThat(features.get().store()).isSameAs(opened.get(2));
    assertThat(opened).hasSize(3).allMatch(store -> store.closed.get() == 0);
    features.close();
    assertThat(opened).allMatch(store -> store.closed.get() == 1);
  }

  private static final class CountingStore implements OnlineStore {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public int write(String view, List<FeatureRow> rows) {
      throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void delete(List<Read> rows) {
      throw new UnsupportedOperationException("nothing is deleted here");
    }

    @Override
    public List<Optional<FeatureRow>> read(List<Read> reads) {
      throw new UnsupportedOperationException("nothing is read here");
    }

    @Override
    public void close() {
      closed.incrementAndGet();
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

  /** Never half a file: that would only be served until the next look. */
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
