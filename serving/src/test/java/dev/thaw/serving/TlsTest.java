package dev.thaw.serving;

import static dev.thaw.serving.KeyedServer.ADMIN;
import static dev.thaw.serving.KeyedServer.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.auth.AuthToken;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.SecurityConfig.Admin;
import dev.thaw.featuredefinitions.config.TestCertificate;
import dev.thaw.serving.v1.OnboardingRequest;
import dev.thaw.serving.v1.ThawServiceGrpc.ThawServiceBlockingStub;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is spoken to in private only, on the port of the callers and on the operators'. */
@Timeout(60)
class TlsTest {
  private static final String ONBOARDING = "/v1/onboarding?domain=movies";

  @TempDir static Path folder;
  private static TestCertificate certificate;
  private static KeyedServer keyed;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.make(folder, "server");
    keyed =
        new KeyedServer(
            folder,
            new SecurityConfig(KeyedServer.KEYS, null, new Admin("127.0.0.1", 0))
                .withTls(certificate.tls()));
  }

  @AfterAll
  static void stop() {
    keyed.close();
  }

  @Test
  void whoTrustsTheCertificateIsAnsweredOnEveryPortAndProtocol() {
    URI uri = keyed.thaw.server.uri();
    URI admin = keyed.thaw.server.adminUri();
    assertThat(uri.getScheme()).isEqualTo("https");
    assertThat(admin.getScheme()).isEqualTo("https");
    try (ClientFactory trusting = trusting()) {
      for (SessionProtocol protocol :
          new SessionProtocol[] {SessionProtocol.H1, SessionProtocol.H2}) {
        URI over = URI.create(uri.toString().replace("https", protocol.uriText()));
        assertThat(status(trusting, over, ONBOARDING, READ)).isEqualTo(200);
        assertThat(status(trusting, over, ONBOARDING, "")).isEqualTo(401);
      }
      assertThat(status(trusting, admin, "/metrics", ADMIN)).isEqualTo(200);
      assertThat(
              GrpcClients.builder("gproto+" + uri)
                  .factory(trusting)
                  .auth(AuthToken.ofOAuth2(READ))
                  .build(ThawServiceBlockingStub.class)
                  .onboarding(OnboardingRequest.newBuilder().setDomain("movies").build())
                  .getDomain())
          .isEqualTo("movies");
    }
  }

  @Test
  void whoDoesNotTrustItSendsNothing() {
    for (URI uri : new URI[] {keyed.thaw.server.uri(), keyed.thaw.server.adminUri()}) {
      assertThatThrownBy(() -> status(ClientFactory.ofDefault(), uri, ONBOARDING, READ))
          .hasStackTraceContaining("unable to find valid certification path");
    }
  }

  @Test
  void plainHttpIsNotAnswered() throws IOException {
    for (URI uri : new URI[] {keyed.thaw.server.uri(), keyed.thaw.server.adminUri()}) {
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        socket
            .getOutputStream()
            .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain("HTTP");
      }
    }
  }

  private static ClientFactory trusting() {
    return ClientFactory.builder()
        .tlsCustomizer(tls -> tls.trustManager(certificate.certificate().toFile()))
        .build();
  }

  private static int status(ClientFactory factory, URI uri, String path, String key) {
    var headers = RequestHeaders.builder(HttpMethod.GET, path);
    if (!key.isEmpty()) {
      headers.add("authorization", "Bearer " + key);
    }
    return WebClient.builder(uri)
        .factory(factory)
        .responseTimeout(Duration.ofSeconds(30))
        .build()
        .blocking()
        .execute(headers.build())
        .status()
        .code();
  }
}
