package dev.thaw.featuredefinitions.online.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code redis-server} processes of the tests, alone or three as a cluster, gone with the JVM. */
public final class RedisServer {
  private final List<Integer> ports;
  private final List<Process> processes = new ArrayList<>();

  private final String[] more;

  private RedisServer(List<Integer> ports, String... more) {
    this.ports = ports;
    this.more = more;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** Skips the test where there is no {@code redis-server}, fails it in CI. */
  public static RedisServer single() {
    return single(new String[0]);
  }

  /**
   * @param more arguments; a later one takes the place of an earlier
   */
  static RedisServer single(String... more) {
    checkInstalled("redis-server");
    RedisServer server = new RedisServer(freePorts(1), more);
    server.start();
    return server;
  }

  /** Three nodes that share the slots. */
  public static RedisServer cluster() {
    checkInstalled("redis-server");
    checkInstalled("redis-cli");
    List<Integer> ports = freePorts(6);
    RedisServer server = new RedisServer(ports.subList(0, 3));
    for (int i = 0; i < 3; i++) {
      server.processes.add(
          run(ports.get(i), "--cluster-enabled", "yes", "--cluster-port", "" + ports.get(3 + i)));
    }
    server.ports.forEach(RedisServer::awaitUp);
    // one owns a third of the 16,384 slots; then all get to know each other
    for (int i = 0; i < 3; i++) {
      int from = 16384 * i / 3;
      int to = 16384 * (i + 1) / 3 - 1;
      cli(ports.get(i), "cluster", "addslotsrange", "" + from, "" + to);
      cli(ports.get(i), "config", "set", "cluster-require-full-coverage", "yes");
      cli(ports.get(i), "cluster", "set-config-epoch", "" + (i + 1));
    }
    for (int i = 1; i < 3; i++) {
      cli(ports.get(0), "cluster", "meet", "127.0.0.1", "" + ports.get(i), "" + ports.get(3 + i));
    }
    server.ports.forEach(RedisServer::awaitClusterOk);
    return server;
  }

  public String location() {
    return String.join(
        ",", ports.stream().map(port -> "redis://127.0.0.1:" + port + "?timeout=10s").toList());
  }

  /** As Feast spells it. */
  public String addresses() {
    return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
  }

  public int port() {
    return ports.get(0);
  }

  void start() {
    ports.forEach(port -> processes.add(run(port, of(port))));
    ports.forEach(RedisServer::awaitUp);
  }

  private String[] of(int port) {
    return Arrays.stream(more).map(each -> each.replace("PORT", "" + port)).toArray(String[]::new);
  }

  /** As a power cut would; what it held is lost. */
  void kill() {
    for (Process process : processes) {
      process.destroyForcibly();
      try {
        process.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    processes.clear();
  }

  private static void checkInstalled(String program) {
    boolean installed =
        List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!installed && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(program + " is not installed (Debian: redis-server)");
    }
    assumeTrue(installed, program + " is not installed (Debian: redis-server)");
  }

  private static Process run(int port, String... more) {
    try {
      Path folder = Files.createTempDirectory("thaw-redis");
      List<String> command =
          new ArrayList<>(
              List.of(
                  "redis-server",
                  "--port",
                  "" + port,
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--appendonly",
                  "no",
                  "--dir",
                  folder.toString()));
      command.addAll(List.of(more));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitUp(int port) {
    await(
        "redis-server on port " + port,
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          } catch (IOException e) {
            return false;
          }
        });
  }

  private static void awaitClusterOk(int port) {
    await(
        "cluster node on port " + port,
        () ->
            cli(port, "cluster", "info").contains("cluster_state:ok")
                && cli(port, "cluster", "info").contains("cluster_known_nodes:3"));
  }

  private static void await(String what, java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(what + " was not up after 30 s");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static String cli(int port, String... arguments) {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", "" + port));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Outside the usual ephemeral range, so that no client socket takes one before the server does.
   */
  private static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    int candidate = 20_000 + (int) (ProcessHandle.current().pid() * 31 % 10_000);
    while (ports.size() < count) {
      candidate++;
      try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        ports.add(probe.getLocalPort());
      } catch (IOException e) {
        // taken, the next one then
        continue;
      }
    }
    return ports;
  }
}
