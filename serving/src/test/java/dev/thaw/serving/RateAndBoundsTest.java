package dev.thaw.serving;

import static com.linecorp.armeria.common.HttpMethod.GET;
import static com.linecorp.armeria.common.HttpMethod.POST;
import static dev.thaw.serving.KeyedServer.ADMIN;
import static dev.thaw.serving.KeyedServer.READ;
import static dev.thaw.serving.KeyedServer.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.SecurityConfig.Admin;
import dev.thaw.featuredefinitions.config.SecurityConfig.Rate;
import dev.thaw.serving.v1.OnboardingRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often and how much anybody may send, and the port of the operators. */
@Timeout(60)
class RateAndBoundsTest {
  private static final String USER = "/v1/users/u";

  @TempDir Path folder;

  @Test
  void whoAsksTooOftenWaitsAndNobodyElse() {
    try (KeyedServer keyed = keyed(new Rate(2, 3), null)) {
      for (int i = 0; i < 3; i++) {
        assertThat(keyed.call(GET, USER, READ, "").status().code()).isEqualTo(200);
      }
      AggregatedHttpResponse refused = keyed.call(GET, USER, READ, "");
      assertThat(refused.status().code()).isEqualTo(429);
      assertThat(refused.headers().get("retry-after")).isEqualTo("1");
      assertThat(refused.contentUtf8()).contains("too many requests");
      assertThatThrownBy(
              () ->
                  keyed
                      .grpc(READ)
                      .onboarding(OnboardingRequest.newBuilder().setDomain("movies").build()))
          .hasMessageContaining("RESOURCE_EXHAUSTED");
      assertThat(keyed.call(GET, USER, WRITE, "").status().code()).isEqualTo(200);
      assertThat(keyed.call(GET, "/healthz", READ, "").status().code()).isEqualTo(200);

      keyed.thaw.ticker.advance(Duration.ofMillis(500));
      assertThat(keyed.call(GET, USER, READ, "").status().code()).isEqualTo(200);
      assertThat(keyed.call(GET, USER, READ, "").status().code()).isEqualTo(429);
      assertThat(keyed.call(GET, "/metrics", ADMIN, "").contentUtf8())
          .contains("thaw_rate_limited_total{caller=\"reader\"} 3.0");
    }
  }

  @Test
  void whoTriesKeysIsSlowedDownAndLocksNobodyOut() {
    try (KeyedServer keyed = keyed(new Rate(1, 2), null)) {
      List<Integer> statuses =
          List.of("guess-1", "guess-2", "guess-3").stream()
              .map(key -> keyed.call(GET, USER, key, "").status().code())
              .toList();
      assertThat(statuses).containsExactly(401, 401, 429);
      assertThat(keyed.call(GET, USER, READ, "").status().code()).isEqualTo(200);
    }
  }

  @Test
  void operatorsHaveAPortOfTheirOwn() {
    try (KeyedServer keyed = keyed(null, new Admin("127.0.0.1", 0))) {
      URI admin = keyed.thaw.server.adminUri();
      assertThat(admin).isNotEqualTo(keyed.thaw.server.uri());
      assertThat(keyed.call(GET, "/metrics", ADMIN, "").status().code()).isEqualTo(404);
      assertThat(keyed.call(GET, "/readyz", "", "").contentUtf8())
          .contains("ready")
          .doesNotContain("model_version");
      assertThat(keyed.call(GET, USER, READ, "").status().code()).isEqualTo(200);
      assertThat(KeyedServer.call(admin, GET, "/readyz", "", "").contentUtf8())
          .contains("model_version");
      assertThat(KeyedServer.call(admin, GET, "/healthz", "", "").status().code()).isEqualTo(200);
      assertThat(KeyedServer.call(admin, GET, "/metrics", "", "").status().code()).isEqualTo(401);
      assertThat(KeyedServer.call(admin, GET, "/metrics", READ, "").status().code()).isEqualTo(403);
      assertThat(KeyedServer.call(admin, GET, "/metrics", ADMIN, "").contentUtf8())
          .contains("thaw_event_log_backlog");
      assertThat(KeyedServer.call(admin, GET, USER, ADMIN, "").status().code()).isEqualTo(404);
    }
  }

  @Test
  void headersAreBounded() {
    try (KeyedServer keyed = keyed(null, null)) {
      WebClient first = WebClient.of(overProtocol(keyed, SessionProtocol.H1C));
      assertThat(first.blocking().execute(headers(15 * 1024)).status().code()).isEqualTo(200);
      assertThat(first.blocking().execute(headers(17 * 1024)).status().code()).isEqualTo(431);
      WebClient second = WebClient.of(overProtocol(keyed, SessionProtocol.H2C));
      assertThat(second.blocking().execute(headers(15 * 1024)).status().code()).isEqualTo(200);
      // a client of the second version is told the bound and keeps it itself
      assertThatThrownBy(() -> second.blocking().execute(headers(17 * 1024)))
          .hasStackTraceContaining("Header size exceeded max allowed size (16384)");
    }
  }

  private static RequestHeaders headers(int length) {
    return RequestHeaders.builder(GET, "/healthz").add("x-long", "a".repeat(length)).build();
  }

  @ParameterizedTest
  @EnumSource(names = {"H1C", "H2C"})
  void bodiesAreBounded(SessionProtocol protocol) {
    try (KeyedServer keyed = keyed(null, null)) {
      URI uri = overProtocol(keyed, protocol);
      String body = "[" + " ".repeat(33 << 20) + "]";
      assertThat(KeyedServer.call(uri, POST, "/v1/events", WRITE, body).status().code())
          .isEqualTo(413);
    }
  }

  private static URI overProtocol(KeyedServer keyed, SessionProtocol protocol) {
    return URI.create(keyed.thaw.server.uri().toString().replace("http", protocol.uriText()));
  }

  @Test
  void withoutKeysNoPortIsOpenedToANetwork() {
    for (SecurityConfig security :
        List.of(
            SecurityConfig.OPEN, new SecurityConfig(List.of(), null, new Admin("0.0.0.0", 0)))) {
      String host = security.admin() == null ? "0.0.0.0" : "127.0.0.1";
      assertThatThrownBy(
              () ->
                  new ServerFixture(
                      folder.resolve(host),
                      parts ->
                          KeyedServer.secured(
                              parts,
                              config ->
                                  config
                                      .withServing(config.serving().withAddress(host, 0))
                                      .withSecurity(security)),
                      UnaryOperator.identity()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("host must be a loopback address")
          .hasMessageContaining("was \"0.0.0.0\"");
    }
  }

  private KeyedServer keyed(Rate rate, Admin admin) {
    return new KeyedServer(folder, new SecurityConfig(KeyedServer.KEYS, rate, admin));
  }
}
