package dev.thaw.launcher.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines that could not be used, one JSON object each: {@code file, line, field, reason, input}. The
 * file exists only if something was rejected. One thread.
 */
public final class Rejections implements AutoCloseable {
  private static final int INPUT_KEPT = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private @Nullable BufferedWriter writer;
  private long count;

  public Rejections(Path file) {
    this.file = file;
  }

  void add(Path source, long line, String field, String reason, String input) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", source.getFileName().toString());
    entry.put("line", line);
    entry.put("field", field);
    entry.put("reason", reason);
    entry.put("input", input.length() > INPUT_KEPT ? input.substring(0, INPUT_KEPT) : input);
    try {
      BufferedWriter out = writer;
      if (out == null) {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        writer = out;
      }
      out.write(JSON.writeValueAsString(entry));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    count++;
  }

  public long count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
