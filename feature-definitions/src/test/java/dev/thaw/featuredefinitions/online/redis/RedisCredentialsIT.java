package dev.thaw.featuredefinitions.online.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import dev.thaw.featuredefinitions.config.TestCertificate;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks who comes, and one that is spoken to in private. */
class RedisCredentialsIT {
  private static final String RIGHT = "right-secret-of-the-test";
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final FeatureRow ROW =
      new FeatureRow(
          EntityKey.of("user_id", "u"),
          Map.of("count", new FeatureValue.Int64(7)),
          Instant.parse("2026-03-01T12:00:00Z"));
  private static final OnlineSchema SCHEMA = new OnlineSchema(Map.of("profile", List.of("count")));

  @TempDir Path folder;

  @Test
  void usersComeInByTheirPasswordAndMayWhatTheListSays() {
    RedisServer server =
        RedisServer.single(
            "--user",
            "default",
            "off",
            "--user",
            "thaw",
            "on",
            ">" + RIGHT,
            "~*",
            "+@all",
            "--user",
            "guest",
            "on",
            ">" + RIGHT,
            "~*",
            "+@read",
            "+@connection");
    try {
      assertThat(fault("redis://thaw:" + RIGHT + "@127.0.0.1:" + server.port())).isNull();
      assertFault("redis://thaw:planted-wrong@127.0.0.1:" + server.port(), "WRONGPASS");
      assertFault("redis://planted-wrong@127.0.0.1:" + server.port(), "WRONGPASS");
      assertThat(fault("redis://127.0.0.1:" + server.port()))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("NOAUTH");
      assertThat(fault("redis://guest:" + RIGHT + "@127.0.0.1:" + server.port()))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("NOPERM")
          .hasMessageNotContaining(RIGHT);
    } finally {
      server.kill();
    }
  }

  @Test
  void aServerIsBelievedByItsCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "redis");
    RedisServer server =
        RedisServer.single(
            "--port",
            "0",
            "--tls-port",
            "PORT",
            "--tls-cert-file",
            certificate.certificate().toString(),
            "--tls-key-file",
            certificate.key().toString(),
            "--tls-ca-cert-file",
            certificate.certificate().toString(),
            "--tls-auth-clients",
            "no",
            "--requirepass",
            RIGHT);
    String location = "rediss://:" + RIGHT + "@127.0.0.1:" + server.port() + "?timeout=10s";
    try {
      assertThat(fault(location))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("certification path")
          .hasMessageNotContaining(RIGHT);
      System.setProperty(TRUST, certificate.trustStore().toString());
      System.setProperty(TRUST + "Password", TestCertificate.PASSWORD);
      assertThat(fault(location)).isNull();
      assertFault(location.replace(RIGHT, "planted-wrong"), "WRONGPASS");
    } finally {
      System.clearProperty(TRUST);
      System.clearProperty(TRUST + "Password");
      server.kill();
    }
  }

  private static void assertFault(String location, String reason) {
    Throwable fault = fault(location);
    assertThat(fault).isInstanceOf(OnlineStoreException.class).hasMessageContaining(reason);
    assertThat(fault).hasMessageContaining("***@127.0.0.1");
    assertThat(Throwables.getStackTraceAsString(fault)).doesNotContain("planted");
  }

  private static Throwable fault(String location) {
    return catchThrowable(
        () -> {
          try (OnlineStore store = RedisOnlineStore.open(location, "thaw", SCHEMA)) {
            store.write("profile", List.of(ROW));
            assertThat(store.read(List.of(new Read("profile", ROW.key())))).hasSize(1);
          }
        });
  }
}
