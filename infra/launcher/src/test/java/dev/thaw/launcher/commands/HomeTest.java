package dev.thaw.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.Fingerprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HomeTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path parent;

  @Test
  void whatIsWrittenDownIsReadAgain() throws IOException {
    Path home = Files.createDirectory(parent.resolve("home"));
    for (@Nullable Long seed : new @Nullable Long[] {null, 7L}) {
      Path data = data(parent.resolve("data"));
      LoadedData loaded = loaded(data, seed);
      loaded.write(home);
      assertThat(LoadedData.in(home)).contains(loaded);
      loaded.requireUnchanged(home, DataFolder.open(data));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"domains.yaml", "items.jsonl", "users.jsonl", "events.jsonl"})
  void aHomeIsNotServedBesideOtherFilesThanItHolds(String file) throws IOException {
    Path home = Files.createDirectory(parent.resolve("home"));
    Path data = data(parent.resolve("data"));
    loaded(data, null).write(home);
    Files.writeString(
        data.resolve(file), "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    assertThat(
            run(new RunCommand(), "--once", "--home", home.toString(), "--data", data.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains(home.toString(), data.toString(), file + " changed")
        .hasLineCount(1);
  }

  @Test
  void aHomeThatDoesNotSayWhatItHoldsIsRefused() throws IOException {
    Path home = Files.createDirectory(parent.resolve("home"));
    Path data = data(parent.resolve("data"));
    Files.writeString(
        home.resolve("loaded.json"), "{\"folder\":\"" + data + "\",\"clock_offset\":\"PT0S\"}");
    assertThat(run(new RunCommand(), "--once", "--home", home.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("loaded.json", "remove " + home);
  }

  @Test
  void theDemoGoesOnWithItsSeedAloneAndNotWithDataOfOthers() throws IOException {
    Path home = Files.createDirectory(parent.resolve("home"));
    loaded(data(home.resolve("world")), 42L).write(home);
    assertThat(run(new DemoCommand(), "--once", "--home", home.toString(), "--seed", "7"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains(home.toString(), "seed 42", "was 7");

    Path other = data(parent.resolve("data"));
    loaded(other, null).write(home);
    assertThat(run(new DemoCommand(), "--once", "--home", home.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("holds the data of " + other, "no generated world");
  }

  @Test
  void aDemoThatWasMovedGoesOnWithTheWorldInItsHome() throws IOException {
    Path old = Files.createDirectory(parent.resolve("old"));
    loaded(data(old.resolve("world")), 42L).write(old);
    Path home = Files.move(old, parent.resolve("home"));
    DataFolder world = DataFolder.open(home.resolve("world"));
    LoadedData.in(home).orElseThrow().requireUnchanged(home, world);
    Files.writeString(world.items(), "\n", StandardOpenOption.APPEND);

    assertThat(run(new DemoCommand(), "--once", "--home", home.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("the data of " + world.path(), "items.jsonl changed")
        .doesNotContain(old.toString());
  }

  @Test
  void aTemporaryHomeIsGoneWhenItIsClosedAndAnotherStays() throws IOException {
    Home asked = Home.of(parent.resolve("asked"));
    Home temporary = Home.of(null);
    Files.writeString(temporary.path().resolve("file"), "x");
    asked.close();
    temporary.close();
    assertThat(asked.path()).isDirectory();
    assertThat(temporary.path()).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatIsSentTermWhileItsPartsWriteLeavesNoTemporaryHome() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + parent,
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      Path home = Path.of(out.readLine());
      assertThat(home).isDirectory().hasParent(parent);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      try (Stream<Path> left = Files.list(parent)) {
        assertThat(left.filter(p -> p.getFileName().toString().startsWith("thaw-"))).isEmpty();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process whose main thread never comes to closing its home. */
  static final class Loading {
    private Loading() {}

    public static void main(String[] args) throws Exception {
      Home home = Home.of(null);
      Path kafka = Files.createDirectories(home.path().resolve("kafka/log"));
      CountDownLatch writing = new CountDownLatch(1);
      new Thread(() -> write(kafka, writing)).start();
      writing.await();
      System.out.println(home.path());
      new CountDownLatch(1).await();
    }

    private static void write(Path folder, CountDownLatch writing) {
      try {
        for (int i = 0; Files.exists(folder); i++) {
          Files.writeString(folder.resolve("segment" + i % 1_000), "x");
          writing.countDown();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static LoadedData loaded(Path data, @Nullable Long seed) throws IOException {
    Fingerprint contents = Fingerprint.of(DataFolder.open(data));
    return new LoadedData(data, contents, seed, Duration.ofHours(-1));
  }

  private static Path data(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file : List.of("domains.yaml", "items.jsonl", "events.jsonl")) {
      Files.writeString(folder.resolve(file), file);
    }
    return folder;
  }

  private int run(Callable<Integer> command, String... args) {
    return ExitCodes.on(new CommandLine(command)).setErr(new PrintWriter(err, true)).execute(args);
  }
}
