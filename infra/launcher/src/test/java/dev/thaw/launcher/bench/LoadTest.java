package dev.thaw.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch stall = new CountDownLatch(1);
  private HttpServer server;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/echo",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/stalls-once",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          if (asked.getAndIncrement() == 0) {
            try {
              stall.await(300, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyAnswerIsCountedAndCompared() {
    Load load =
        new Load(
            uri,
            3,
            number -> HttpConnection.postJson("/echo", "é" + number),
            answer -> !answer.body().endsWith("7"));
    Load.Outcome outcome = load.closedLoop(Duration.ofMillis(300));
    assertThat(outcome.answers()).isEqualTo(asked.get()).isGreaterThan(10);
    assertThat(outcome.micros().getTotalCount()).isEqualTo(outcome.answers());
    assertThat(outcome.unexpected()).isEqualTo(sevens(outcome.answers()));
  }

  private static long sevens(long below) {
    return (below + 2) / 10;
  }

  @Test
  void answersAreReadWhole() throws IOException {
    String long_ = "ü".repeat(100_000);
    try (HttpConnection connection = new HttpConnection(uri)) {
      byte[] request =
          HttpConnection.post("/echo", "text/plain", long_.getBytes(StandardCharsets.UTF_8));
      assertThat(connection.send(request).body()).isEqualTo(long_);
      assertThat(connection.send(HttpConnection.postJson("/echo", "{}")).body()).isEqualTo("{}");
      assertThat(connection.send(HttpConnection.postJson("/none", "{}")).status()).isEqualTo(404);
    }
  }

  @Test
  void aStallIsChargedToAllWhoWouldHaveComeMeanwhile() {
    Load load =
        new Load(uri, 1, number -> HttpConnection.postJson("/stalls-once", "{}"), a -> true);
    Load.Outcome outcome = load.openLoop(200, Duration.ofSeconds(1), new SplittableRandom(1));
    assertThat(outcome.answers()).isEqualTo(200);
    // sixty requests arrive while the first one is stalled; in a closed loop only one would be slow
    assertThat(outcome.micros().getCountBetweenValues(50_000, 60_000_000)).isGreaterThan(25);
  }
}
