package dev.thaw.featuredefinitions.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * JSON Lines: one record a line, blank lines between them skipped. Bad records go to the dead
 * letters with their line, the rest goes on. A source without any record is reported as one dead
 * letter of position 0.
 */
public final class JsonLines {
  private JsonLines() {}

  /** How many records were read. */
  public record Counts(long accepted, long rejected) {}

  /**
   * Reads a file, through gzip if its name ends in {@code .gz}.
   *
   * @throws IOException naming file and line if the file can't be read on
   */
  public static <T> Counts read(
      Path file,
      WireFormat<T> format,
      Instant now,
      Consumer<? super T> accepted,
      Consumer<DeadLetter> rejected)
      throws IOException {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * @param source name of the stream for dead letters
   */
  public static <T> Counts read(
      String source,
      InputStream in,
      WireFormat<T> format,
      Instant now,
      Consumer<? super T> accepted,
      Consumer<DeadLetter> rejected)
      throws IOException {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes a file, through gzip if its name ends in {@code .gz}; replaces one that exists. */
  public static <T> void write(Path file, WireFormat<T> format, Iterable<? extends T> values)
      throws IOException {
    throw new UnsupportedOperationException("not yet");
  }
}
