package dev.thaw.featuredefinitions.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * JSON Lines: one record a line, blank lines between them skipped. Bad records go to the dead
 * letters with their line, the rest goes on. A source without any record is reported as one dead
 * letter of position 0. Memory stays bounded by {@link WireFormat#maxRecordBytes} whatever the
 * length of a line.
 */
public final class JsonLines {
  private JsonLines() {}

  /** How many records were read; {@code rejected} includes the letter about an empty source. */
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
    if (Files.size(file) == 0) {
      rejected.accept(empty(file.toString(), now));
      return new Counts(0, 1);
    }
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = isGzip(file) ? gunzip(file, raw) : raw) {
      return read(file.toString(), in, format, now, accepted, rejected);
    }
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
    Lines lines = new Lines(in, format.maxRecordBytes());
    long good = 0;
    long bad = 0;
    while (next(source, lines)) {
      if (lines.isBlank() && lines.length() == lines.kept()) {
        continue;
      }
      WireResult<T> result = record(lines, format, now);
      if (result instanceof WireResult.Accepted<T> a) {
        good++;
        accepted.accept(a.value());
      } else if (result instanceof WireResult.Rejected<T> r) {
        bad++;
        rejected.accept(letter(source, lines, r.rejection(), now));
      }
    }
    if (good + bad == 0) {
      bad++;
      rejected.accept(empty(source, now));
    }
    return new Counts(good, bad);
  }

  private static boolean next(String source, Lines lines) throws IOException {
    try {
      return lines.next();
    } catch (IOException e) {
      throw new IOException(
          source + ": can't be read after line " + lines.number() + ": " + e.getMessage(), e);
    }
  }

  private static <T> WireResult<T> record(Lines lines, WireFormat<T> format, Instant now) {
    if (lines.length() > format.maxRecordBytes()) {
      String reason = StreamingFormat.tooLarge(lines.length(), format.maxRecordBytes());
      return new WireResult.Rejected<>(new Rejection("", "", reason));
    }
    return format.read(lines.bytes(), 0, lines.kept(), now);
  }

  private static DeadLetter letter(String source, Lines lines, Rejection reason, Instant now) {
    byte[] kept = Arrays.copyOf(lines.bytes(), Math.min(lines.kept(), DeadLetter.MAX_INPUT));
    return DeadLetterInput.keep(source, lines.number(), reason, kept, lines.length(), now);
  }

  private static DeadLetter empty(String source, Instant now) {
    Rejection reason = new Rejection("", "", "is empty, must hold at least one JSON object");
    return DeadLetter.of(source, 0, reason, new byte[0], now);
  }

  /**
   * Writes a file, through gzip if its name ends in {@code .gz}; one that exists is replaced at
   * once when all is written.
   */
  public static <T> void write(Path file, WireFormat<T> format, Iterable<? extends T> values)
      throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(unfinished));
        OutputStream out = isGzip(file) ? new GZIPOutputStream(raw) : raw) {
      for (T value : values) {
        out.write(format.write(value));
        out.write('\n');
      }
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isGzip(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static InputStream gunzip(Path file, InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      throw new IOException(file + ": is not gzip: " + e.getMessage(), e);
    }
  }
}
