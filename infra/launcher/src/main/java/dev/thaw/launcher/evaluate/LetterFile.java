package dev.thaw.launcher.evaluate;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormats;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters, one JSON object a line. The file is written only if there is one; what an earlier
 * run left there goes. One thread.
 */
public final class LetterFile implements AutoCloseable {
  private final Path file;
  private @Nullable BufferedWriter writer;
  private long count;
  private String first = "";

  public LetterFile(Path file) throws IOException {
    this.file = file;
    Files.deleteIfExists(file);
  }

  public void add(DeadLetter letter) {
    try {
      BufferedWriter out = writer;
      if (out == null) {
        first = letter.toString();
        out = Files.newBufferedWriter(file);
        writer = out;
      }
      out.write(WireFormats.deadLetters().writeText(letter));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written: " + e.getMessage(), e);
    }
    count++;
  }

  public long count() {
    return count;
  }

  /** File, line, field, what is allowed and what was there; empty without a letter. */
  public String first() {
    return first;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
