package dev.thaw.launcher.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation keeps its data: a folder that was asked for, or one that goes at the end,
 * also when that comes by Ctrl-C or TERM.
 */
final class Home implements AutoCloseable {
  private static final int ATTEMPTS = 50;
  private static final long PAUSE_NANOS = 50_000_000;

  private final Path path;
  private final @Nullable Thread hook;

  private Home(Path path, @Nullable Thread hook) {
    this.path = path;
    this.hook = hook;
  }

  static Home of(@Nullable Path asked) throws IOException {
    if (asked != null) {
      return new Home(Files.createDirectories(asked), null);
    }
    Path path = Files.createTempDirectory("thaw-");
    Thread hook = new Thread(() -> removeInTheEnd(path), "remove-home");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Home(path, hook);
  }

  Path path() {
    return path;
  }

  boolean temporary() {
    return hook != null;
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
    if (hook == null) {
      return;
    }
    remove(path);
    if (!UntilStopped.isStopping()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process ends, and the hook finds nothing left to remove
      }
    }
  }

  /**
   * The parts may be at work still, and write into folders while they are emptied: it is gone when
   * it has not come back once.
   */
  private static void removeInTheEnd(Path path) {
    UntilStopped.awaitClosed();
    int absent = 0;
    for (int attempt = 0; attempt < ATTEMPTS && absent < 2; attempt++) {
      try {
        remove(path);
      } catch (IOException | UncheckedIOException e) {
        // something was added or removed meanwhile: once more
      }
      absent = Files.exists(path) || Files.exists(leaving(path)) ? 0 : absent + 1;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Under another name nothing can be added by those who know the old one. */
  private static void remove(Path path) throws IOException {
    Path leaving = leaving(path);
    removeAll(leaving);
    if (Files.exists(path)) {
      Files.move(path, leaving);
      removeAll(leaving);
    }
  }

  private static Path leaving(Path path) {
    return path.resolveSibling(path.getFileName() + ".leaving");
  }

  private static void removeAll(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
