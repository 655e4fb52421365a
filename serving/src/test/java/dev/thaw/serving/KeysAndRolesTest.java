package dev.thaw.serving;

import static com.linecorp.armeria.common.HttpMethod.DELETE;
import static com.linecorp.armeria.common.HttpMethod.GET;
import static com.linecorp.armeria.common.HttpMethod.POST;
import static dev.thaw.serving.KeyedServer.ADMIN;
import static dev.thaw.serving.KeyedServer.READ;
import static dev.thaw.serving.KeyedServer.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceConfig;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.serving.security.MethodRoles;
import dev.thaw.serving.v1.DeleteUserRequest;
import dev.thaw.serving.v1.Event;
import dev.thaw.serving.v1.OnboardingRequest;
import dev.thaw.serving.v1.PostEventsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what, over both protocols. */
@Timeout(60)
class KeysAndRolesTest {
  private static final String ONBOARDING = "/v1/onboarding?domain=movies";
  private static final String STRANGE = "nobody-has-this-key";

  @TempDir static Path folder;
  private static KeyedServer keyed;

  @BeforeAll
  static void start() {
    keyed = new KeyedServer(folder, new SecurityConfig(KeyedServer.KEYS, null, null));
  }

  @AfterAll
  static void stop() {
    keyed.close();
  }

  @Test
  void withoutAKnownKeyNothingIsAnswered() {
    for (String key : List.of("", STRANGE, READ + "x", READ.substring(1))) {
      AggregatedHttpResponse answer = keyed.call(GET, ONBOARDING, key, "");
      assertThat(answer.status().code()).as(key).isEqualTo(401);
      assertThat(answer.headers().get("www-authenticate")).isEqualTo("Bearer");
      assertThat(ServerFixture.tree(answer.content().array()).at("/error/message").asText())
          .startsWith("a known key must be given")
          .doesNotContain(STRANGE);
    }
    assertThat(code(() -> onboarding(STRANGE))).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void eachRoleMayWhatItIsForAndNoMore() {
    String item = ServerFixture.film("m1", "A film", "Drama");
    assertThat(status(GET, ONBOARDING, READ, "")).isEqualTo(200);
    assertThat(status(GET, "/v1/users/u", READ, "")).isEqualTo(200);
    assertThat(status(POST, "/v1/items", READ, item)).isEqualTo(403);
    assertThat(status(DELETE, "/v1/users/u", READ, "")).isEqualTo(403);
    assertThat(status(GET, ONBOARDING, WRITE, "")).isEqualTo(200);
    assertThat(status(POST, "/v1/items", WRITE, item)).isEqualTo(200);
    assertThat(status(DELETE, "/v1/users/u", WRITE, "")).isEqualTo(403);
    assertThat(status(GET, "/metrics", WRITE, "")).isEqualTo(403);
    assertThat(status(GET, "/metrics", ADMIN, "")).isEqualTo(200);
    assertThat(status(DELETE, "/v1/users/u", ADMIN, "")).isEqualTo(204);
    assertThat(keyed.call(POST, "/v1/items", READ, item).contentUtf8())
        .contains("role of the key must be at least write for this, is read");
  }

  @Test
  void grpcSaysTheSameInItsOwnWords() {
    PostEventsRequest events =
        PostEventsRequest.newBuilder()
            .addEvents(Event.newBuilder().setEventId("g1").setUserId("u").setItemId("m1"))
            .build();
    DeleteUserRequest delete = DeleteUserRequest.newBuilder().setUserId("u").build();
    onboarding(READ);
    assertThat(code(() -> keyed.grpc(READ).postEvents(events)))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    keyed.grpc(WRITE).postEvents(events);
    assertThat(code(() -> keyed.grpc(WRITE).deleteUser(delete)))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    keyed.grpc(ADMIN).deleteUser(delete);
    assertThatThrownBy(() -> keyed.grpc(WRITE).deleteUser(delete))
        .hasMessageContaining("role of the key must be at least admin for this, is write");
  }

  @Test
  void theOtherHeaderDoesAsWell() {
    RequestHeaders headers = RequestHeaders.builder(GET, ONBOARDING).add("x-api-key", READ).build();
    assertThat(WebClient.of(keyed.thaw.server.uri()).blocking().execute(headers).status().code())
        .isEqualTo(200);
  }

  @Test
  void probesAndTheDocumentNeedNone() {
    for (String path : List.of("/healthz", "/readyz", "/openapi.json")) {
      assertThat(status(GET, path, "", "")).as(path).isEqualTo(200);
    }
    assertThat(status(GET, "/docs/", ADMIN, "")).isEqualTo(404);
  }

  @Test
  void nothingIsServedThatNoRoleWasThoughtOfFor() {
    List<String> forgotten = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (ServiceConfig service : keyed.server().serviceConfigs()) {
      Route route = service.route();
      List<HttpMethod> meant =
          route.methods().stream()
              .filter(each -> MethodRoles.said(each, route).isPresent())
              .toList();
      // services at a path are bound to all methods there are, those of HTTP to one each
      if (meant.isEmpty() && !MethodRoles.isOpen(route)) {
        forgotten.add(route.toString());
      }
      meant.forEach(method -> said.add(method + " " + route.patternString()));
    }
    assertThat(forgotten).isEmpty();
    assertThat(said.stream().filter(each -> each.contains(" /v1/"))).hasSize(9);
    assertThat(said.stream().filter(each -> each.contains("ThawService"))).hasSize(9);
  }

  private static int status(HttpMethod method, String path, String key, String body) {
    return keyed.call(method, path, key, body).status().code();
  }

  private static void onboarding(String key) {
    var unused =
        keyed.grpc(key).onboarding(OnboardingRequest.newBuilder().setDomain("movies").build());
  }

  private static Status.Code code(Executable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::execute).getStatus().getCode();
  }
}
