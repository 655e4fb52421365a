package dev.thaw.launcher.imports;

import java.util.List;

/**
 * Puts the lines of quoted fields that hold line breaks together again, then splits the record. A
 * quote that stays open for {@value #MOST_LINES} lines costs these lines, not the rest.
 */
final class CsvRecords implements Lines.Consumer {
  static final int MOST_LINES = 100;

  private final char separator;
  private final Sink sink;
  private final StringBuilder open = new StringBuilder();
  private long openedAt;
  private int lines;

  /** Takes one record. */
  interface Sink {
    void accept(long line, List<String> fields);
  }

  CsvRecords(char separator, Sink sink) {
    this.separator = separator;
    this.sink = sink;
  }

  @Override
  public void accept(long number, String line) {
    if (lines > 0) {
      open.append('\n').append(line);
      lines++;
      if (closesQuote(open)) {
        String whole = open.toString();
        reset();
        sink.accept(openedAt, Fields.csv(whole, separator, 1));
      } else if (lines >= MOST_LINES) {
        reset();
        throw new BadLine(
            "line",
            "a quote opened in line "
                + openedAt
                + " is not closed within "
                + MOST_LINES
                + " lines");
      }
    } else if (closesQuote(line)) {
      sink.accept(number, Fields.csv(line, separator, 1));
    } else {
      open.append(line);
      openedAt = number;
      lines = 1;
    }
  }

  /** Call at the end of the file. */
  void requireClosed() {
    if (lines > 0) {
      throw new ImportException("a quote opened in line " + openedAt + " is never closed");
    }
  }

  private void reset() {
    open.setLength(0);
    lines = 0;
  }

  private static boolean closesQuote(CharSequence text) {
    return text.chars().filter(c -> c == '"').count() % 2 == 0;
  }
}
