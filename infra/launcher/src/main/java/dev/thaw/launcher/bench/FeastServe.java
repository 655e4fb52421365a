package dev.thaw.launcher.bench;

import dev.thaw.launcher.kafka.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Redis and {@code feast serve} over it, each a process on loopback. */
final class FeastServe implements AutoCloseable {
  private static final long LONGEST_SECONDS = 300;

  private final Path feast;
  private final Path folder;
  private int redisPort;
  private final Deque<Process> started = new ArrayDeque<>();

  FeastServe(Path feast, Path folder) {
    this.feast = feast;
    this.folder = folder;
  }

  /** What is missing of the programs that this starts. */
  static Optional<String> missing() {
    if (onPath("redis-server").isEmpty()) {
      return Optional.of("it needs redis-server (Debian: apt install redis-server)");
    }
    return feast().isEmpty()
        ? Optional.of(
            "it needs Feast: run feature-definitions/feature_repo/setup, or name a Python that has"
                + " it in THAW_FEAST_PYTHON")
        : Optional.empty();
  }

  /** The command of the Python with Feast. */
  static Optional<Path> feast() {
    String named = System.getenv("THAW_FEAST_PYTHON");
    Path python =
        named == null
            ? Path.of("feature-definitions/feature_repo/.venv/bin/python")
            : Path.of(named);
    return Optional.of(python.toAbsolutePath().resolveSibling("feast")).filter(Files::isExecutable);
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(each -> Path.of(each, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts Redis. */
  String redis() throws IOException {
    redisPort = FreePorts.find(1).get(0);
    start(
        Path.of("redis-server"),
        List.of("--port", "" + redisPort, "--bind", "127.0.0.1", "--save", "", "--dir", "."));
    awaitConnections(redisPort, "redis-server");
    // the rows are written in one go, before anything is timed
    return "redis://127.0.0.1:" + redisPort + "?timeout=10s";
  }

  /** Registers the definitions and serves them. */
  URI serve(String project, String definitions) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("definitions.py"), definitions);
    Files.writeString(
        folder.resolve("feature_store.yaml"),
        """
        project: %s
        provider: local
        registry: registry.db
        online_store: {type: redis, connection_string: "127.0.0.1:%d"}
        offline_store: {type: duckdb}
        entity_key_serialization_version: 3
        """
            .formatted(project, redisPort));
    Process apply = start(feast, List.of("apply"));
    if (!apply.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || apply.exitValue() != 0) {
      throw new IllegalStateException("feast apply failed: " + log());
    }
    int port = FreePorts.find(1).get(0);
    // a worker that restarts in the middle would be charged for it
    start(
        feast,
        List.of("serve", "--port", "" + port, "--no-access-log", "--max-requests", "1000000000"));
    awaitConnections(port, "feast serve");
    return URI.create("http://127.0.0.1:" + port);
  }

  private Process start(Path program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().putAll(Map.of("TZ", "UTC"));
    Process process = builder.start();
    started.push(process);
    return process;
  }

  private void awaitConnections(int port, String what) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!takesConnections(port)) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            what + " was not up after " + LONGEST_SECONDS + " s: " + log());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean takesConnections(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String log() throws IOException {
    String log = Files.readString(folder.resolve("log"));
    return log.substring(Math.max(0, log.length() - 2_000));
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
}
