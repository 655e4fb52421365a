package dev.thaw.launcher.imports;

import dev.thaw.launcher.console.Progress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads a text file line by line, gzipped ones too. A line that is not valid in the charset, is too
 * long, or that its consumer refuses is rejected and the next one read.
 */
final class Lines {
  static final int MOST_BYTES = 1 << 20;

  private final Charset charset;
  private final Rejections rejections;
  private final Progress progress;

  Lines(Charset charset, Rejections rejections, Progress progress) {
    this.charset = charset;
    this.rejections = rejections;
    this.progress = progress;
  }

  /** Takes one line. */
  interface Consumer {
    /**
     * @param number from 1
     * @throws BadLine to reject the line
     */
    void accept(long number, String line);

    /**
     * Told of a line that was rejected instead.
     *
     * @param remains what can be read of it; empty if that is nothing to go by
     */
    default void rejected(long number, String remains) {}
  }

  /** Takes one CSV record. */
  interface RecordConsumer {
    /**
     * @param number of its first line, from 1
     * @throws BadLine to reject the record
     */
    void accept(long number, List<String> fields);
  }

  /**
   * Lines that are not blank.
   *
   * @throws ImportException if there is no such file
   * @throws IOException if it can't be read
   */
  void forEach(Path file, Consumer consumer) throws IOException {
    read(
        file,
        (number, line) -> {
          if (!line.isBlank()) {
            offer(file, number, line, () -> consumer.accept(number, line));
          }
        });
  }

  /**
   * CSV records, which may go over several lines.
   *
   * @throws ImportException if there is no such file
   * @throws IOException if it can't be read
   */
  void forEachRecord(Path file, char separator, RecordConsumer consumer) throws IOException {
    CsvRecords records =
        new CsvRecords(
            separator,
            new CsvRecords.Sink() {
              @Override
              public void record(long number, String text, List<String> fields) {
                offer(file, number, text, () -> consumer.accept(number, fields));
              }

              @Override
              public void refused(long number, String text, BadLine reason) {
                reject(file, number, text, reason);
              }
            });
    read(file, records);
    records.end();
  }

  private void read(Path file, Consumer consumer) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ImportException("there is no file " + file);
    }
    long number = 0;
    try (Progress.Task task = progress.begin(file.getFileName().toString(), Files.size(file));
        CountingStream counted = new CountingStream(Files.newInputStream(file));
        InputStream in = open(file, counted)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      boolean more = true;
      while (more) {
        bytes.reset();
        long length = 0;
        int b = in.read();
        if (b < 0) {
          break;
        }
        while (b >= 0 && b != '\n') {
          if (length++ < MOST_BYTES) {
            bytes.write(b);
          }
          b = in.read();
        }
        more = b >= 0;
        number++;
        take(file, number, length, bytes.toByteArray(), consumer);
        if ((number & 1023) == 0) {
          task.at(counted.count());
        }
      }
    }
  }

  private void take(Path file, long number, long length, byte[] bytes, Consumer consumer) {
    if (length > MOST_BYTES) {
      String start = new String(bytes, 0, 300, charset);
      rejections.add(
          file, number, "line", "must have at most " + MOST_BYTES + " bytes, had " + length, start);
      consumer.rejected(number, "");
      return;
    }
    try {
      String line =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      consumer.accept(number, withoutMarks(number, line));
    } catch (CharacterCodingException e) {
      String remains = new String(bytes, charset);
      rejections.add(file, number, "line", "is not valid " + charset.name(), remains);
      consumer.rejected(number, withoutMarks(number, remains));
    }
  }

  private static String withoutMarks(long number, String line) {
    if (number == 1 && line.startsWith("\uFEFF")) {
      line = line.substring(1);
    }
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private void offer(Path file, long number, String line, Runnable taking) {
    try {
      taking.run();
    } catch (BadLine e) {
      reject(file, number, line, e);
    } catch (IllegalArgumentException e) {
      // the vocabulary's own words: they start with the field and name value and bound
      String reason = String.valueOf(e.getMessage());
      int space = reason.indexOf(' ');
      rejections.add(file, number, space < 0 ? "line" : reason.substring(0, space), reason, line);
    }
  }

  private void reject(Path file, long number, String line, BadLine reason) {
    rejections.add(file, number, reason.field(), String.valueOf(reason.getMessage()), line);
  }

  private static InputStream open(Path file, InputStream raw) throws IOException {
    boolean gzip = file.getFileName().toString().endsWith(".gz");
    return new BufferedInputStream(gzip ? new GZIPInputStream(raw) : raw, 1 << 16);
  }
}
