package dev.thaw.serving.eventlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Records that were acknowledged but which the remote end will never take, whole and with the
 * reason: JSON Lines of {@code topic, key, reason, value}, the value in Base64 and null for a
 * tombstone.
 */
final class RefusedRecords {
  static final String FILE = "refused.jsonl";
  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final Path file;

  RefusedRecords(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(FILE);
  }

  /** On the disk when it returns. */
  void keep(LogRecord record, String reason) {
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer line = ByteBuffer.wrap(line(record, reason));
      while (line.hasRemaining()) {
        out.write(line);
      }
      out.force(true);
      // each time: who made the file may have ended before this
      JournalSegment.forceFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written", e);
    }
  }

  private static byte[] line(LogRecord record, String reason) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("topic", record.topic());
      json.writeStringField("key", record.key());
      json.writeStringField("reason", reason);
      byte[] value = record.value();
      if (value == null) {
        json.writeNullField("value");
      } else {
        json.writeBinaryField("value", value);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }
}
