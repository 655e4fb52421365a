package dev.thaw.evaluation.offpolicy.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of a comma-separated file with a head line, RFC 4180. */
final class CsvRows {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true)
          .get();

  private CsvRows() {}

  /** One row and where it stands. */
  record Row(Path file, long line, CSVRecord cells) {
    /**
     * @throws IllegalArgumentException unless the cell is a number
     */
    double number(String column) {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw bad(column, "must be a number");
      }
    }

    /**
     * @throws IllegalArgumentException unless the cell is a whole number in the bounds
     */
    int integer(String column, int least, int most) {
      String bounds =
          "must be a whole number"
              + (most == Integer.MAX_VALUE ? " >= " + least : " in [" + least + ", " + most + "]");
      try {
        int value = Integer.parseInt(text(column));
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // said below, with the value
      }
      throw bad(column, bounds);
    }

    private String text(String column) {
      if (!cells.isMapped(column)) {
        throw new IllegalArgumentException(
            file + " has no column " + column + ", it has " + cells.getParser().getHeaderNames());
      }
      if (!cells.isSet(column)) {
        throw new IllegalArgumentException(place(column) + "is missing in a row that is too short");
      }
      return cells.get(column);
    }

    /** Says where, what is allowed and what was there. */
    IllegalArgumentException bad(String column, String allowed) {
      return new IllegalArgumentException(
          place(column) + allowed + ", was \"" + text(column) + '"');
    }

    private String place(String column) {
      return file + ":" + line + ": " + column + " ";
    }
  }

  static void read(Path file, Consumer<Row> rows) throws IOException {
    try (CSVParser parser = CSVParser.parse(file, UTF_8, FORMAT)) {
      for (CSVRecord record : parser) {
        rows.accept(new Row(file, parser.getCurrentLineNumber(), record));
      }
    } catch (UncheckedIOException e) {
      throw new IOException(file + " can't be read: " + e.getMessage(), e);
    }
  }
}
