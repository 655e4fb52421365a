package dev.thaw.launcher.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation keeps its data: a folder that was asked for, or one that goes at the end.
 */
record Home(Path path, boolean temporary) implements AutoCloseable {

  /**
   * @throws IllegalArgumentException if the folder holds data already: the broker's topics would be
   *     filled a second time
   */
  static Home of(@Nullable Path asked) throws IOException {
    if (asked == null) {
      return new Home(Files.createTempDirectory("thaw-"), true);
    }
    if (Files.exists(asked.resolve("kafka"))) {
      throw new IllegalArgumentException(
          asked + " holds the data of an earlier run; remove it or name another folder");
    }
    return new Home(Files.createDirectories(asked), false);
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
