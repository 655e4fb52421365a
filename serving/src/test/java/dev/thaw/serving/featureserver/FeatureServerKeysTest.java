package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.thaw.featuredefinitions.config.ApiKey;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.Role;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.serving.remotefeatures.RemoteFeatures;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FeatureServerKeysTest {
  private static final String KEY = "feature-key-of-the-tests";
  private static final SecurityConfig KEYED =
      new SecurityConfig(List.of(ApiKey.ofKey("serving", Role.READ, KEY)), null, null);

  @TempDir Path folder;

  @Test
  void asksForAKeyOverBothProtocolsAndServingGivesIt() {
    try (var store = ServedSamples.store(folder);
        FeatureServerFixture server = new FeatureServerFixture(store, KEYED)) {
      assertThat(server.get("/health").status().code()).isEqualTo(200);
      assertThat(server.post("{}").status().code()).isEqualTo(401);
      assertThat(server.get("/metrics").status().code()).isEqualTo(401);
      assertThat(status(server, "/metrics")).isEqualTo(403);

      String location = "grpc://127.0.0.1:" + server.server.port();
      try (OnlineReader with = RemoteFeatures.open(location, KEY, ServedSamples.KNOWN.schema());
          OnlineReader wrong =
              RemoteFeatures.open(location, "planted-wrong-key", ServedSamples.KNOWN.schema())) {
        assertThatCode(
                () -> with.read(List.of(new OnlineReader.Read("users", ServedSamples.user("ann")))))
            .doesNotThrowAnyException();
        assertThatThrownBy(
                () ->
                    wrong.read(List.of(new OnlineReader.Read("users", ServedSamples.user("ann")))))
            .isInstanceOf(OnlineStoreException.class)
            .hasMessageContaining("UNAUTHENTICATED")
            .satisfies(
                e -> assertThat(Throwables.getStackTraceAsString(e)).doesNotContain("planted"));
      }
    }
  }

  @Test
  void withoutKeysItStaysOnLoopback() {
    try (var store = ServedSamples.store(folder)) {
      assertThatThrownBy(
              () ->
                  FeatureServer.start(
                      new FeatureServerConfig("0.0.0.0", 0),
                      ServedSamples.KNOWN,
                      store,
                      InstantSource.fixed(ServedSamples.NOW)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("feature_server.host must be a loopback address");
    }
  }

  private static int status(FeatureServerFixture server, String path) {
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.GET, path).add("authorization", "Bearer " + KEY).build();
    return WebClient.of(server.server.uri()).blocking().execute(headers).status().code();
  }
}
