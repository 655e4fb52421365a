package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Feast's own command on a repo of its own, with Redis as its online store. */
final class FeastProcess implements AutoCloseable {
  private final Path feast;
  private final Path repo;
  private final List<Process> started = new ArrayList<>();

  private FeastProcess(Path feast, Path repo) {
    this.feast = feast;
    this.repo = repo;
  }

  /**
   * Skips the test without Feast ({@code THAW_FEAST_PYTHON}, or what {@code feature_repo/setup}
   * made), except in CI.
   */
  static FeastProcess applied(Path repo, String project, int redisPort) throws Exception {
    FeastProcess process = new FeastProcess(feast(), repo);
    try (var in = FeastProcess.class.getResourceAsStream("definitions.py")) {
      Files.copy(in, repo.resolve("definitions.py"));
    }
    Files.writeString(
        repo.resolve("feature_store.yaml"),
        """
        project: %s
        provider: local
        registry: registry.db
        online_store: {type: redis, connection_string: "127.0.0.1:%d"}
        offline_store: {type: duckdb}
        entity_key_serialization_version: 3
        """
            .formatted(project, redisPort));
    Process apply = process.start("apply");
    assertThat(apply.waitFor(3, TimeUnit.MINUTES)).as("feast apply ended").isTrue();
    assertThat(apply.exitValue()).as(process.log()).isZero();
    return process;
  }

  private static Path feast() {
    String named = System.getenv("THAW_FEAST_PYTHON");
    Path python =
        named == null
            ? Path.of("../feature-definitions/feature_repo/.venv/bin/python").toAbsolutePath()
            : Path.of(named);
    boolean found = Files.isExecutable(python);
    if (!found && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(python + " is missing: run feature_repo/setup");
    }
    assumeTrue(found, python + " is missing: run feature_repo/setup");
    return python.resolveSibling("feast");
  }

  Path registry() {
    return repo.resolve("registry.db");
  }

  /** {@code feast serve}, as soon as it takes connections. */
  URI serve() throws IOException {
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    start("serve", "--host", "127.0.0.1", "--port", "" + port, "--no-access-log");
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!takesConnections(port)) {
      assertThat(System.nanoTime()).as("feast serve is up: %s", log()).isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return URI.create("http://127.0.0.1:" + port);
  }

  private static boolean takesConnections(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(feast.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(repo.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(repo.resolve("log").toFile()));
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String log() throws IOException {
    return Files.readString(repo.resolve("log"));
  }

  @Override
  public void close() {
    for (Process each : started) {
      // the server is a child of the command
      List<ProcessHandle> children = each.descendants().toList();
      each.destroy();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Each on a connection of its own: Feast's server closes some without a word. */
  static AggregatedHttpResponse post(URI server, String request) {
    try (ClientFactory connections = ClientFactory.builder().build()) {
      return WebClient.builder(server)
          .factory(connections)
          .responseTimeout(Duration.ofSeconds(30))
          .build()
          .blocking()
          .execute(
              RequestHeaders.builder(HttpMethod.POST, "/get-online-features")
                  .contentType(MediaType.JSON)
                  .build(),
              request.replace('\'', '"'));
    }
  }
}
