package dev.thaw.vectorindex.milvus;

import dev.thaw.vectorindex.VectorIndexException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Milvus for tests: the one at {@code THAW_MILVUS_URI}, or one that this starts from {@code
 * THAW_MILVUS_SERVER}, {@code .thaw/milvus/bin/milvus-server} (see infra/local/install-milvus) or
 * the path, and stops again with the process it leaves behind.
 */
final class MilvusServer implements AutoCloseable {
  private static final long START_SECONDS = 180;

  private final String uri;
  private final @Nullable Process wrapper;
  private final List<ProcessHandle> servers;

  private MilvusServer(String uri, @Nullable Process wrapper) {
    this.uri = uri;
    this.wrapper = wrapper;
    this.servers = wrapper == null ? List.of() : wrapper.descendants().toList();
  }

  /** Empty if there is neither an address nor a program. */
  static Optional<MilvusServer> find(Path data) throws IOException, InterruptedException {
    String uri = System.getenv("THAW_MILVUS_URI");
    if (uri != null) {
      return Optional.of(new MilvusServer(uri, null));
    }
    Optional<Path> program = program();
    return program.isEmpty() ? Optional.empty() : Optional.of(start(program.get(), data));
  }

  private static Optional<Path> program() {
    String named = System.getenv("THAW_MILVUS_SERVER");
    Stream<Path> installed =
        Stream.of(
            Path.of(".thaw", "milvus", "bin", "milvus-server"),
            Path.of("..", ".thaw", "milvus", "bin", "milvus-server"));
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "milvus-server"));
    return named != null
        ? Optional.of(Path.of(named))
        : Stream.concat(installed, onPath).filter(Files::isExecutable).findFirst();
  }

  private static MilvusServer start(Path program, Path data)
      throws IOException, InterruptedException {
    int port = freePort();
    Path log = data.resolve("server.log");
    Process wrapper =
        new ProcessBuilder(
                program.toAbsolutePath().toString(),
                "--data",
                data.resolve("milvus").toString(),
                "--proxy-port",
                String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    String uri = "http://127.0.0.1:" + port;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(uri)) {
      if (!wrapper.isAlive() || System.nanoTime() > end) {
        new MilvusServer(uri, wrapper).close();
        throw new IOException(program + " did not start:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    return new MilvusServer(uri, wrapper);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(String uri) {
    try (MilvusCalls milvus = new MilvusCalls(uri)) {
      return milvus.call("check", client -> client.checkHealth().getIsHealthy());
    } catch (VectorIndexException e) {
      return false;
    }
  }

  String uri() {
    return uri;
  }

  @Override
  public void close() throws InterruptedException {
    if (wrapper == null) {
      return;
    }
    servers.forEach(ProcessHandle::destroy);
    wrapper.destroy();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (servers.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    servers.forEach(ProcessHandle::destroyForcibly);
    wrapper.destroyForcibly().waitFor();
  }
}
