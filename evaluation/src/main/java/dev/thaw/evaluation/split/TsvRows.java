package dev.thaw.evaluation.split;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Tab-separated rows with a head line, plain or through gzip. */
public final class TsvRows {
  private TsvRows() {}

  /** One row: its columns by name, and where it stands. */
  public static final class Row {
    private final Path file;
    private final long line;
    private final List<String> names;
    private final String[] cells;

    private Row(Path file, long line, List<String> names, String[] cells) {
      this.file = file;
      this.line = line;
      this.names = names;
      this.cells = cells;
    }

    public Path file() {
      return file;
    }

    /** From 1 on; the head is the first. */
    public long line() {
      return line;
    }

    /** The line as it came. */
    public String input() {
      return String.join("\t", cells);
    }

    public boolean has(String column) {
      return names.contains(column);
    }

    public String text(String column) {
      int at = names.indexOf(column);
      if (at < 0) {
        throw new IllegalArgumentException(file + " has no column " + column + ", it has " + names);
      }
      return cells[at];
    }

    double number(String column) {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            file + ":" + line + ": " + column + " must be a number, was \"" + text(column) + '"',
            e);
      }
    }

    /** Says where the row stands. */
    IllegalArgumentException bad(String what) {
      return new IllegalArgumentException(file + ":" + line + ": " + what);
    }

    /** Milliseconds of a column of these, or the value for empty cells. */
    long wholeMillis(String column, long otherwise) {
      String text = text(column);
      try {
        return text.isEmpty() ? otherwise : Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            file + ":" + line + ": " + column + " must be milliseconds, was \"" + text + '"', e);
      }
    }

    /** Milliseconds of a column of Unix seconds, or the value for rows without it. */
    long millis(String column, long otherwise) {
      return has(column) ? (long) (number(column) * 1_000) : otherwise;
    }
  }

  /**
   * @throws IllegalArgumentException naming file and line of a row with too few or too many cells
   */
  public static void read(Path file, Consumer<Row> rows) throws IOException {
    read(
        file,
        rows,
        row -> {
          throw row.bad(
              row.names.size() + " cells needed for " + row.names + ", had " + row.cells.length);
        });
  }

  /**
   * @param ragged sees the rows with too few or too many cells
   */
  public static void read(Path file, Consumer<Row> rows, Consumer<Row> ragged) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String head = lines.readLine();
      if (head == null) {
        throw new IllegalArgumentException(file + " is empty");
      }
      List<String> names = Arrays.asList(head.split("\t", -1));
      long number = 1;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        String[] cells = text.split("\t", -1);
        Row row = new Row(file, number, names, cells);
        (cells.length == names.size() ? rows : ragged).accept(row);
      }
    }
  }
}
