package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.config.ThawConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The stack of real servers that {@code infra/local/up} starts, in a home and on ports of its own.
 * Closing ends every process of it; its data and logs stay.
 */
final class LocalStack implements AutoCloseable {
  /** Feast's registry is for Feast's clients, and none comes here. */
  private static final String[] PARTS = {"redis", "kafka", "milvus", "flink", "serving"};

  private static final Set<String> SHELLS = Set.of("sh", "dash", "bash");

  private final Path scripts;
  private final Path log;
  private final Map<String, String> asked;
  private final Map<String, String> settings;
  private final Thread hook = new Thread(this::down, "stack-down");

  /**
   * Of a stack that is not up yet.
   *
   * @param scripts {@code infra/local}
   * @param home an absent or empty folder
   * @param ports the first of fifty
   * @param further settings as variables of {@code thaw.yaml}
   * @throws IllegalArgumentException if the home is not empty: what an earlier run left would count
   */
  LocalStack(Path scripts, Path home, int ports, Map<String, String> further) throws IOException {
    Path folder = Files.createDirectories(home).toAbsolutePath().normalize();
    requireEmpty(folder);
    this.scripts = scripts.toAbsolutePath().normalize();
    this.log = folder.resolve("stack.log");
    this.asked = new HashMap<>(System.getenv());
    asked.keySet().removeIf(name -> name.startsWith("THAW_"));
    asked.putAll(further);
    asked.put("THAW_HOME", folder.toString());
    asked.put("THAW_PORTS", Integer.toString(ports));
    this.settings = resolved();
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "the home of a run must be empty, " + folder + " is not: remove it first");
      }
    }
  }

  /** The variables that the commands of infra/local derive from home and ports. */
  private Map<String, String> resolved() throws IOException {
    String lines =
        output(asked, List.of("bash", "-c", "source \"$0\"; env -0", scripts + "/lib/settings.sh"));
    Map<String, String> found = new HashMap<>();
    for (String each : lines.split("\0")) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        found.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return found;
  }

  /** Starts it and waits until every part answers. */
  void up() throws IOException {
    Runtime.getRuntime().addShutdownHook(hook);
    List<String> command = new ArrayList<>(List.of(scripts + "/up"));
    command.addAll(Arrays.asList(PARTS));
    run(command);
  }

  /** Submits these jobs, all at once, and waits until they run. */
  void submit(List<String> jobs) throws IOException {
    List<Process> submissions = new ArrayList<>();
    for (String job : jobs) {
      submissions.add(started(List.of(scripts + "/submit", job)));
    }
    for (Process each : submissions) {
      requireDone(await(each), List.of("submit"));
    }
  }

  /** Trains on what the topics hold, and returns once the models may serve. */
  void train() throws IOException {
    run(List.of(scripts + "/submit", "train", "--run", "chaos"));
  }

  /** As the servers of the stack have it. */
  ThawConfig config() {
    return ThawConfig.load(Path.of(setting("THAW_CONFIG")), settings);
  }

  List<URI> replicas() {
    return List.of(local("THAW_SERVING_PORT"), local("THAW_SERVING_2_PORT"));
  }

  URI flink() {
    return local("THAW_FLINK_PORT");
  }

  private URI local(String port) {
    return URI.create("http://127.0.0.1:" + setting(port));
  }

  private String setting(String name) {
    return Objects.requireNonNull(settings.get(name), name);
  }

  /** Ends the server behind this name at once, as {@code kill -9} does; returns its id. */
  long kill(String process) throws IOException {
    long pid = pid(process);
    ProcessHandle server = server(ProcessHandle.of(pid).orElseThrow());
    if (!server.destroyForcibly()) {
      throw new IllegalStateException(process + " (" + server.pid() + ") could not be killed");
    }
    return pid;
  }

  /** A script that became no server itself has one as its child. */
  private static ProcessHandle server(ProcessHandle supervised) {
    return Stream.concat(Stream.of(supervised), supervised.descendants())
        .filter(each -> !SHELLS.contains(program(each)))
        .findFirst()
        .orElse(supervised);
  }

  private static String program(ProcessHandle process) {
    return Path.of(process.info().command().orElse("sh")).getFileName().toString();
  }

  /** Ends these in order; supervisord does not start them again. */
  void stop(List<String> processes) throws IOException {
    List<String> command = new ArrayList<>(List.of(supervisorctl(), "-c", conf(), "stop"));
    command.addAll(processes);
    output(settings, command);
  }

  /** Of what supervisord started; 0 while it does not run. */
  long pid(String process) throws IOException {
    String said = output(settings, List.of(supervisorctl(), "-c", conf(), "pid", process)).strip();
    return said.matches("\\d+") ? Long.parseLong(said) : 0;
  }

  private String supervisorctl() {
    return setting("THAW_ROOT") + "/.thaw/supervisor/bin/supervisorctl";
  }

  private String conf() {
    return scripts + "/supervisord.conf";
  }

  private void run(List<String> command) throws IOException {
    requireDone(await(started(command)), command);
  }

  private void requireDone(int code, List<String> command) {
    if (code != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + code + ", see " + log);
    }
  }

  private Process started(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(asked);
    return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  private static String output(Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    await(process);
    return text;
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a command", e);
    }
  }

  private void down() {
    try {
      await(started(List.of(scripts + "/down")));
    } catch (IOException e) {
      System.err.println("thaw: the stack was not taken down: " + e.getMessage());
    }
  }

  /**
   * @throws IllegalStateException if a process is left
   */
  @Override
  public void close() throws IOException {
    run(List.of(scripts + "/down"));
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends, and the hook finds nothing left to stop
    }
  }
}
