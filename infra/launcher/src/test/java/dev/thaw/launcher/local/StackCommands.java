package dev.thaw.launcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The stack that {@code infra/local/up} has started, through the commands a person would use. */
final class StackCommands {
  private static final Path COMMANDS = Path.of("../local").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 400;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path outputs;

  /**
   * @param outputs folder for what the commands print
   */
  StackCommands(Path outputs) {
    this.outputs = outputs;
  }

  /**
   * Skips the test where the servers are not up, and fails it where {@code CI=true}.
   *
   * @param outputs folder for what the commands print
   */
  static StackCommands ofRunningStack(Path outputs) throws IOException, InterruptedException {
    StackCommands stack = new StackCommands(outputs);
    boolean up = stack.isUp();
    if (!up && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("infra/local/up must have started the servers");
    }
    assumeTrue(up, "infra/local/up has not started the servers");
    return stack;
  }

  /** What a command printed, after it has ended well. */
  String run(String command, String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), command, arguments);
  }

  String run(Map<String, String> environment, String command, String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(outputs, command, ".txt");
    Process process = start(environment, output, command, arguments);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertThat(ended).as("%s ended; it printed %s", command, printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  Process start(Map<String, String> environment, Path output, String command, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(COMMANDS.resolve(command).toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Whether all of it runs. */
  private boolean isUp() throws IOException, InterruptedException {
    Path output = Files.createTempFile(outputs, "status", ".txt");
    return start(Map.of(), output, "status").waitFor() == 0;
  }

  /** A variable of the stack's settings. */
  String setting(String name) throws IOException, InterruptedException {
    return run("with", "printenv", name).trim();
  }

  URI server(String portSetting) throws IOException, InterruptedException {
    return URI.create("http://127.0.0.1:" + setting(portSetting));
  }

  String get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).build());
  }

  String post(URI uri, String json) throws IOException, InterruptedException {
    return send(posting(uri, json));
  }

  /** Likewise, whatever the status is. */
  String answer(URI uri, String json) throws IOException, InterruptedException {
    return client.send(posting(uri, json), HttpResponse.BodyHandlers.ofString()).body();
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static HttpRequest posting(URI uri, String json) {
    return HttpRequest.newBuilder(uri)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }
}
