package dev.thaw.launcher.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation keeps its data: a folder that was asked for, or one that goes at the end.
 */
record Home(Path path, boolean temporary) implements AutoCloseable {

  static Home of(@Nullable Path asked) throws IOException {
    return asked == null
        ? new Home(Files.createTempDirectory("thaw-"), true)
        : new Home(Files.createDirectories(asked), false);
  }

  static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /**
   * What an earlier run has loaded here.
   *
   * @throws IllegalArgumentException if an earlier run ended before it had loaded its data: loading
   *     it again would count twice what had arrived
   */
  Optional<LoadedData> loaded() throws IOException {
    Optional<LoadedData> loaded = LoadedData.in(path);
    if (loaded.isEmpty() && Files.exists(path.resolve("kafka"))) {
      throw new IllegalArgumentException(
          path + " is of a run that ended before its data was loaded; remove it");
    }
    return loaded;
  }

  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
