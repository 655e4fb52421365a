package dev.thaw.vectorindex.milvus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thaw.vectorindex.VectorIndexException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A real Milvus for tests, on ports and a folder of its own: the one of infra/local/install-milvus,
 * run by infra/local/run-milvus. Its process is the server itself, so that it can be killed and
 * stopped, and started again on the same data.
 */
public final class MilvusServer implements AutoCloseable {
  private static final long START_SECONDS = 120;
  private static final int PORTS = 11;

  /** Below those that outgoing connections take. */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 32_000;

  private static int nextPort = FIRST_PORT + (int) (ProcessHandle.current().pid() % 1000) * PORTS;

  private final Path program;
  private final Path data;
  private final int port;

  /** {@code user:password} of whoever asks whether it is up; empty for a server that takes all. */
  private final String user;

  private @Nullable Process process;

  private MilvusServer(Path program, Path data, int port, String user) {
    this.program = program;
    this.data = data;
    this.port = port;
    this.user = user;
  }

  /** Starts one; where none is installed, fails in CI and skips the test elsewhere. */
  public static MilvusServer start(Path data) throws IOException, InterruptedException {
    MilvusServer server = atRest(data);
    server.start();
    return server;
  }

  /** Starts one that takes callers by their password. */
  static MilvusServer asking(Path data, String user) throws IOException, InterruptedException {
    MilvusServer server = atRest(data, user);
    server.start();
    return server;
  }

  /** One that is not started yet. */
  public static MilvusServer atRest(Path data) throws IOException {
    return atRest(data, "");
  }

  private static MilvusServer atRest(Path data, String user) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("infra/local/run-milvus"))) {
      root = root.getParent();
    }
    boolean installed = Files.isExecutable(root.resolve(".thaw/milvus/server/milvus"));
    if (!installed && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no Milvus in CI: run infra/local/install-milvus first");
    }
    assumeTrue(installed, "no Milvus: see infra/local/install-milvus");
    return new MilvusServer(root.resolve("infra/local/run-milvus"), data, freePorts(), user);
  }

  /** Never the same twice, as one is at rest for a while. */
  private static synchronized int freePorts() throws IOException {
    int start = nextPort;
    int found =
        IntStream.iterate(start, port -> port < LAST_PORT, port -> port + PORTS)
            .filter(port -> IntStream.range(port, port + PORTS).allMatch(MilvusServer::isFree))
            .findFirst()
            .orElseThrow(
                () -> new IOException("no " + PORTS + " free ports in a row from " + start));
    nextPort = found + PORTS;
    return found;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it, also on what an earlier process left, and waits until it answers. */
  public void start() throws IOException, InterruptedException {
    begin();
    Process started = process;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (started == null || !started.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException(program + " did not start:\n" + Files.readString(log()));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Starts it without waiting. */
  public void begin() throws IOException {
    ProcessBuilder server =
        new ProcessBuilder(program.toString(), data.resolve("milvus").toString(), "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    server
        .environment()
        .put("COMMON_SECURITY_AUTHORIZATIONENABLED", Boolean.toString(!user.isEmpty()));
    process = server.start();
  }

  private Path log() {
    return data.resolve("server.log");
  }

  private boolean answers() {
    try (MilvusCalls milvus = new MilvusCalls(user.isEmpty() ? uri() : uri(user))) {
      return milvus.search("check", client -> client.checkHealth().getIsHealthy());
    } catch (VectorIndexException e) {
      return false;
    }
  }

  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * @param who {@code user:password}
   */
  String uri(String who) {
    return "http://" + who + "@127.0.0.1:" + port;
  }

  /** KILL: it has no time to write anything. */
  public void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
      process = null;
    }
  }

  /** It takes connections and answers nothing. */
  public void hang() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("Milvus is not running");
    }
    new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid())).start().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
