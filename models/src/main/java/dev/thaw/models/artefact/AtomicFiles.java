package dev.thaw.models.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that are whole or not there: written beside their place, forced to disk, renamed. */
final class AtomicFiles {
  static final String UNFINISHED = ".unfinished-";

  private AtomicFiles() {}

  static void write(Path folder, String name, byte[] bytes) throws IOException {
    Path parent = Files.createDirectories(folder);
    Path file = parent.resolve(name);
    Path unfinished = Files.createTempFile(parent, UNFINISHED, "");
    try {
      writeForced(unfinished, bytes);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    force(parent);
  }

  static void writeForced(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    force(file);
  }

  /** Renames a finished folder to its place, over whatever is there. */
  static void moveFolder(Path from, Path parent, String name) throws IOException {
    Path to = parent.resolve(name);
    if (Files.exists(to)) {
      Path replaced = Files.createTempDirectory(parent, UNFINISHED);
      Files.move(to, replaced.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      deleteFolder(replaced);
    } else {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
    force(parent);
  }

  static void deleteFolder(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException gone) {
      return;
    }
    for (Path each : inside) {
      Files.deleteIfExists(each);
    }
  }

  /** The entries of a folder by name, none if it is not there. */
  static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
