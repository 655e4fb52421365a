package dev.thaw.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import dev.thaw.serving.api.JsonErrorHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts of a kilobyte together, by a server that answers when it is told to. */
@Timeout(30)
class BodiesTest {
  private static final int BUDGET = 1_000;

  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private Server server;

  @BeforeEach
  void start() {
    HttpService slow =
        (context, request) ->
            HttpResponse.of(
                request
                    .aggregate()
                    .thenCompose(
                        body -> {
                          held.countDown();
                          return answered.thenApply(now -> HttpResponse.of(200));
                        }));
    server =
        Server.builder()
            .http(0)
            .route()
            .post("/v1/events")
            .build(Bodies.of(100, BUDGET).apply(slow))
            .errorHandler(new JsonErrorHandler())
            .build();
    server.start().join();
  }

  @AfterEach
  void stop() {
    answered.complete(null);
    server.stop().join();
  }

  private CompletableFuture<AggregatedHttpResponse> post(HttpRequest request) {
    return WebClient.of("http://127.0.0.1:" + server.activeLocalPort())
        .execute(request)
        .aggregate();
  }

  private static RequestHeaders headers() {
    return RequestHeaders.builder(HttpMethod.POST, "/v1/events")
        .contentType(MediaType.JSON)
        .build();
  }

  private static HttpRequest announced(int bytes) {
    return HttpRequest.of(headers(), HttpData.wrap(new byte[bytes]));
  }

  private static HttpRequest unannounced(int bytes) {
    HttpRequestWriter writer = HttpRequest.streaming(headers());
    writer.write(HttpData.wrap(new byte[bytes / 2]));
    writer.write(HttpData.wrap(new byte[bytes - bytes / 2]));
    writer.close();
    return writer;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatFindsNoRoomIsToBeTriedAgainAndFindsItWhenTheOthersAreAnswered(boolean announced)
      throws Exception {
    CompletableFuture<AggregatedHttpResponse> first = post(announced(600));
    held.await();
    AggregatedHttpResponse refused = post(announced ? announced(401) : unannounced(401)).join();
    assertThat(refused.status().code()).isEqualTo(503);
    assertThat(refused.headers().get("retry-after")).isEqualTo("1");
    CompletableFuture<AggregatedHttpResponse> fits = post(unannounced(400));

    answered.complete(null);
    assertThat(first.join().status().code()).isEqualTo(200);
    assertThat(fits.join().status().code()).isEqualTo(200);
  }

  @Test
  void aShareIsGivenBackOnceAndWholly() {
    ByteBudget budget = new ByteBudget(BUDGET);
    ByteBudget.Share one = budget.share();
    assertThat(one.reserve(600)).isTrue();
    assertThat(one.arrive(500)).isTrue();
    assertThat(one.arrive(200)).isTrue();
    assertThat(budget.taken()).isEqualTo(700);
    assertThat(budget.share().reserve(301)).isFalse();
    assertThat(budget.share().arrive(300)).isTrue();
    one.giveBack();
    one.giveBack();
    assertThat(one.arrive(900)).isTrue();
    assertThat(budget.taken()).isEqualTo(300);
  }
}
