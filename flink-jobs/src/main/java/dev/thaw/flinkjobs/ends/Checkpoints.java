package dev.thaw.flinkjobs.ends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a job's checkpoints lie: {@code <home>/checkpoints/<job>/<run>/chk-<n>}. */
final class Checkpoints {
  private static final String COMPLETE = "_metadata";

  private Checkpoints() {}

  static Path folder(Path home, String job) {
    return home.resolve("checkpoints").resolve(job).toAbsolutePath();
  }

  /** The newest checkpoint that was completed, whichever run of the job it is of. */
  static Optional<Path> newest(Path home, String job) {
    Path folder = folder(home, job);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.walk(folder, 3)) {
      return found
          .filter(file -> file.getFileName().toString().equals(COMPLETE))
          .max(Comparator.comparing(Checkpoints::writtenAt))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoints of job " + job + " in " + folder, e);
    }
  }

  private static FileTime writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
