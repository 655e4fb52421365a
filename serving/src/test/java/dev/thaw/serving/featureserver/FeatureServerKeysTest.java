package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.thaw.featuredefinitions.config.ApiKey;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.FeatureSource;
import dev.thaw.featuredefinitions.config.Role;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.TestCertificate;
import dev.thaw.featuredefinitions.config.TlsConfig;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.serving.remotefeatures.RemoteFeatures;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FeatureServerKeysTest {
  private static final String KEY = "feature-key-of-the-tests";
  private static final SecurityConfig KEYED =
      new SecurityConfig(List.of(ApiKey.ofKey("serving", Role.READ, KEY)), null, null);
  private static final List<OnlineReader.Read> ANN =
      List.of(new OnlineReader.Read("users", ServedSamples.user("ann")));

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
      try (OnlineReader with = reader(location, KEY);
          OnlineReader wrong = reader(location, "planted-wrong-key")) {
        assertThat(with.read(ANN).get(0)).isPresent();
        assertThatThrownBy(() -> wrong.read(ANN))
            .isInstanceOf(OnlineStoreException.class)
            .hasMessageContaining("UNAUTHENTICATED")
            .satisfies(
                e -> assertThat(Throwables.getStackTraceAsString(e)).doesNotContain("planted"));
      }
    }
  }

  /** One identity for both: serving shows its own certificate where callers must have one. */
  @Test
  void isReadByKeyOverTlsInBothDirections() throws Exception {
    TestCertificate ours = TestCertificate.make(folder, "ours");
    TestCertificate other = TestCertificate.make(folder, "other");
    SecurityConfig own =
        KEYED.withTls(new TlsConfig(ours.certificate(), ours.key(), ours.certificate()));
    try (var store = ServedSamples.store(folder);
        FeatureServerFixture server = new FeatureServerFixture(store, own)) {
      String location = "grpcs://127.0.0.1:" + server.server.port();
      try (OnlineReader known = reader(location, KEY, ours.certificate(), own);
          OnlineReader nobody = reader(location, KEY, ours.certificate(), SecurityConfig.OPEN);
          OnlineReader stranger =
              reader(location, KEY, ours.certificate(), SecurityConfig.OPEN.withTls(other.tls()));
          OnlineReader doubting = reader(location, KEY, null, own);
          OnlineReader plain = reader(location.replace("grpcs", "grpc"), KEY)) {
        assertThat(known.read(ANN).get(0)).isPresent();
        for (OnlineReader refused : List.of(nobody, stranger, doubting, plain)) {
          assertThatThrownBy(() -> refused.read(ANN))
              .isInstanceOf(OnlineStoreException.class)
              .hasMessageContaining("127.0.0.1:" + server.server.port() + " did not answer");
        }
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

  private static OnlineReader reader(String location, String key) {
    return reader(location, key, null, SecurityConfig.OPEN);
  }

  private static OnlineReader reader(
      String location, String key, @Nullable Path ca, SecurityConfig own) {
    return RemoteFeatures.open(
        new FeatureSource(FeatureSource.REMOTE, location, key, ca),
        own,
        ServedSamples.KNOWN.schema());
  }

  private static int status(FeatureServerFixture server, String path) {
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.GET, path).add("authorization", "Bearer " + KEY).build();
    return WebClient.of(server.server.uri()).blocking().execute(headers).status().code();
  }
}
