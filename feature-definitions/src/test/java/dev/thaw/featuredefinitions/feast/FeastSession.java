package dev.thaw.featuredefinitions.feast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Steps for real Feast, done in one Python process; each has its answer at its place. Needs a
 * Python with Feast: {@code THAW_FEAST_PYTHON}, or what {@code feature_repo/setup} made.
 */
public final class FeastSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCRIPTS = List.of("feast_session.py", "feast_registry.py");

  private final Path folder;
  private final Path python;
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  private FeastSession(Path folder, Path python) {
    this.folder = folder;
    this.python = python;
  }

  /** Skips the test where there is no Feast, fails it in CI. */
  public static FeastSession in(Path folder) {
    return new FeastSession(folder, requirePython());
  }

  static Path requirePython() {
    String named = System.getenv("THAW_FEAST_PYTHON");
    Path python = named == null ? FeastRepo.shipped().resolve(".venv/bin/python") : Path.of(named);
    boolean found = Files.isExecutable(python);
    if (!found && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(python + " is missing: run feature-definitions/feature_repo/setup");
    }
    assumeTrue(found, python + " is missing: run feature-definitions/feature_repo/setup");
    return python;
  }

  public FeastSession with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Adds a step.
   *
   * @param arguments names and values in turns
   * @return its place among the answers
   */
  public int add(String step, Path repo, Object... arguments) {
    Map<String, Object> added = new LinkedHashMap<>();
    added.put("do", step);
    added.put("repo", repo.toString());
    for (int i = 0; i < arguments.length; i += 2) {
      added.put((String) arguments[i], arguments[i + 1]);
    }
    steps.add(added);
    return steps.size() - 1;
  }

  /** Does all steps. */
  public JsonNode run() throws IOException, InterruptedException {
    Path script = folder.resolve("script.json");
    Path answers = folder.resolve("answers.json");
    Path output = folder.resolve("feast.log");
    JSON.writeValue(script.toFile(), steps);
    for (String name : SCRIPTS) {
      try (InputStream in = FeastSession.class.getResourceAsStream(name)) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.of(python, folder.resolve(SCRIPTS.get(0)), script, answers)
                    .map(Path::toString)
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("THAW_"));
    builder.environment().put("TZ", "UTC");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("Feast ended within 4 minutes: %s", Files.readString(output)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return JSON.readTree(answers.toFile());
  }
}
