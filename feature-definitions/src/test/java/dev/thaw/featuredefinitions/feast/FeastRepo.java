package dev.thaw.featuredefinitions.feast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.yaml.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of {@code feature_repo} and {@code features.yaml} in a folder of its own. */
final class FeastRepo {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final Path python;
  private final Path folder;

  private FeastRepo(Path python, Path folder) {
    this.python = python;
    this.folder = folder;
  }

  /** Python with Feast: {@code THAW_FEAST_PYTHON}, or what {@code feature_repo/setup} made. */
  static Optional<Path> python() {
    String named = System.getenv("THAW_FEAST_PYTHON");
    Stream<Path> places =
        named == null
            ? Stream.of(
                MODULE.resolve("feature_repo/.venv/bin/python"),
                MODULE.resolveSibling(".thaw/feast/bin/python"))
            : Stream.of(Path.of(named));
    return places.filter(Files::isExecutable).findFirst();
  }

  static FeastRepo copyTo(Path folder, Path python) throws IOException {
    Path repo = Files.createDirectories(folder.resolve("feature_repo"));
    for (String file : List.of("definitions.py", "feature_store.yaml", ".feastignore")) {
      Files.copy(MODULE.resolve("feature_repo").resolve(file), repo.resolve(file));
    }
    Files.copy(MODULE.resolve("features.yaml"), folder.resolve("features.yaml"));
    Files.createDirectories(repo.resolve("data"));
    return new FeastRepo(python, folder);
  }

  Path featuresFile() {
    return folder.resolve("features.yaml");
  }

  void apply() throws IOException, InterruptedException {
    run(python.resolveSibling("feast").toString(), "apply");
  }

  JsonNode registry() throws IOException, InterruptedException {
    Path script = folder.resolve("print_registry.py");
    try (var in = FeastRepo.class.getResourceAsStream("print_registry.py")) {
      Files.copy(in, script);
    }
    JsonNode registry = new ObjectMapper().readTree(run(python.toString(), script.toString(), "."));
    registry.findValues("tags").forEach(FeastRepo::spellDurationsAsJavaDoes);
    return registry;
  }

  private static void spellDurationsAsJavaDoes(JsonNode tags) {
    for (String key : List.of("window", "half_life")) {
      if (tags.has(key)) {
        String duration = Durations.format(Durations.parse(tags.get(key).asText()));
        ((ObjectNode) tags).put(key, duration);
      }
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.resolve("feature_repo").toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("TZ", "UTC");
    builder.environment().remove("THAW_FEATURES");
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String all = Files.readString(out) + Files.readString(errors);
    assertThat(ended).as("%s ended within 3 minutes: %s", List.of(command), all).isTrue();
    assertThat(process.exitValue()).as("%s: %s", List.of(command), all).isZero();
    return Files.readString(out);
  }
}
