package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./thaw} on machines that lack something. */
@EnabledOnOs(OS.LINUX)
class ThawScriptTest {
  private static final Path SCRIPT = Path.of("../../thaw").toAbsolutePath().normalize();
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cksum",
          "date",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "sort",
          "tail",
          "touch",
          "tr",
          "xargs",
          "flock");

  @TempDir Path folder;
  private Path bin;
  private Path project;

  /** A path with the usual tools and nothing else, and a project of the script alone. */
  @BeforeEach
  void bareMachine() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path found = Path.of(place, tool);
        if (Files.exists(found)) {
          tool(tool, "exec " + found + " \"$@\"");
        }
      }
    }
    project = Files.createDirectories(folder.resolve("project"));
    Files.copy(SCRIPT, project.resolve("thaw"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.createDirectories(project.resolve("infra/launcher/src/main"));
    Files.writeString(project.resolve("infra/launcher/pom.xml"), "<project/>");
  }

  @Test
  void aMissingJavaNamesThePackage() throws Exception {
    Run run = run(project.resolve("thaw"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("openjdk-17-jdk-headless").hasLineCount(1);
  }

  @Test
  void anOldJavaNamesItsVersionAndThePackage() throws Exception {
    tool("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    Run run = run(project.resolve("thaw"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("version 11").contains("openjdk-17-jdk-headless");
  }

  @Test
  void aMissingMavenNamesThePackage() throws Exception {
    tool("java", java());
    tool("javac", "exit 0");
    Run run = run(project.resolve("thaw"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("Debian: maven").hasLineCount(1);
  }

  @Test
  void buildsOnceThenAgainOnlyAfterAChangeAndRunsFromAnywhere() throws Exception {
    tool("java", java());
    tool("javac", "exit 0");
    tool("mvn", "echo built >> '" + folder + "/builds'; echo cp > '" + classPath() + "'");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("project/thaw"));

    assertThat(run(link, "demo", "two words").output()).contains("ran:", "demo two words");
    assertThat(run(link, "demo").output()).doesNotContain("building").contains("ran:");
    assertThat(builds()).isEqualTo(1);

    Path source = project.resolve("infra/launcher/src/main/New.java");
    Files.writeString(source, "class New {}");
    assertThat(run(link, "demo").output()).contains("building").contains("ran:");
    assertThat(run(link, "demo").output()).doesNotContain("building");
    Files.delete(source);
    assertThat(run(link, "demo").output()).contains("building");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void networksAreTrainedByInstructionsThatEveryProcessorHas() throws Exception {
    tool("java", java().replace("ran:", "ran by $MKL_CBWR:"));
    tool("javac", "exit 0");
    tool("mvn", "echo cp > '" + classPath() + "'");
    assertThat(run(project.resolve("thaw"), "demo").output()).contains("ran by COMPATIBLE:");
  }

  @Test
  void buildsAgainWhenTheClassesOfAnyModuleWereRemoved() throws Exception {
    tool("java", java());
    tool("javac", "exit 0");
    tool(
        "mvn",
        "for m in models serving infra/launcher; do mkdir -p $m/target/classes; done;"
            + " echo built >> '"
            + folder
            + "/builds'; echo cp > '"
            + classPath()
            + "'");
    run(project.resolve("thaw"), "demo");
    for (String module : List.of("models", "serving")) {
      clean(project.resolve(module).resolve("target"));
      assertThat(run(project.resolve("thaw"), "demo").output()).contains("building");
      assertThat(run(project.resolve("thaw"), "demo").output()).doesNotContain("building");
    }
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    tool("java", java());
    tool("javac", "exit 0");
    tool("mvn", "echo '[ERROR] no such symbol'; exit 1");
    for (int attempt = 0; attempt < 2; attempt++) {
      Run run = run(project.resolve("thaw"), "demo");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.output()).contains("no such symbol").contains("thaw.build.log");
    }
  }

  private static void clean(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static String java() {
    return "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.15\"' >&2;"
        + " else echo \"ran: $*\"; fi";
  }

  private Path classPath() {
    return project.resolve("infra/launcher/target/thaw.classpath");
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private void tool(String name, String body) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Run(int code, String output) {}

  private Run run(Path script, String... args) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }
}
