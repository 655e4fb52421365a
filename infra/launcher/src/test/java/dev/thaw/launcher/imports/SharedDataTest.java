package dev.thaw.launcher.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public data sets themselves, where they lie beside the project. */
class SharedDataTest {
  private static final Path SHARED = Path.of("../../../shared/data");

  @TempDir Path parent;

  @ParameterizedTest
  @CsvSource({
    "movielens-100k, movielens-100k, 1682, 943, 100000, 0",
    "movielens-1m, movielens-1m, 3883, 6040, 1000209, 0",
    "amazon, amazon-books-movies, 2061, 1478, 93588, 0",
    "movietweetings, movietweetings-100k, 10506, 16554, 100000, 0",
  })
  void everyLineOfTheDataSetIsRead(
      String format, String folder, int items, int users, int events, long rejected)
      throws IOException {
    Path from = SHARED.resolve(folder);
    assumeTrue(Files.isDirectory(from), from + " is not there");

    Path to = parent.resolve("to");
    Import.Summary summary =
        new Import(Order.seeded(1), InstantSource.system(), Progress.silent())
            .read(format, from, to, false);

    assertThat(summary).isEqualTo(new Import.Summary(items, users, events, rejected));
    assertThat(DataFolder.open(to).rejected()).doesNotExist();
  }
}
