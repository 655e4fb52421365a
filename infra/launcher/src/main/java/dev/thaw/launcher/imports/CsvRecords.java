package dev.thaw.launcher.imports;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the lines of quoted fields that hold line breaks together again and splits the records. A
 * line that opens a quote and begins no record of at most {@value #MOST_LINES} lines is refused by
 * itself; the next record begins with the line after it. Not thread-safe.
 */
final class CsvRecords {
  static final int MOST_LINES = 100;

  private final char separator;
  private final Sink sink;
  private final List<Line> waiting = new ArrayList<>();
  private CsvParser parser;
  private int parsed;

  /** Takes what was found. */
  interface Sink {
    /**
     * @param line number of the first line
     * @param text all lines
     */
    void record(long line, String text, List<String> fields);

    void refused(long line, String text, BadLine reason);
  }

  private record Line(long number, String text) {}

  CsvRecords(char separator, Sink sink) {
    this.separator = separator;
    this.sink = sink;
    this.parser = new CsvParser(separator);
  }

  void accept(long number, String line) {
    waiting.add(new Line(number, line));
    parse();
  }

  /** Call at the end of the file. */
  void end() {
    while (!waiting.isEmpty()) {
      refuseFirst(new BadLine("line", "opens a quote that is never closed"));
      parse();
    }
  }

  private void parse() {
    while (parsed < waiting.size()) {
      Line next = waiting.get(parsed++);
      if (parsed == 1 && next.text().isBlank()) {
        forget(1);
        continue;
      }
      try {
        if (parser.take(next.text())) {
          giveOut();
        } else if (parsed == MOST_LINES) {
          refuseFirst(
              new BadLine(
                  "line", "opens a quote that is not closed within " + MOST_LINES + " lines"));
        }
      } catch (BadLine e) {
        refuseFirst(
            parsed == 1
                ? e
                : new BadLine(
                    e.field(), "opens a quote, and line " + next.number() + " " + e.getMessage()));
      }
    }
  }

  private void giveOut() {
    long line = waiting.get(0).number();
    String text = waiting.subList(0, parsed).stream().map(Line::text).collect(joining("\n"));
    List<String> fields = parser.fields();
    forget(parsed);
    sink.record(line, text, fields);
  }

  private void refuseFirst(BadLine reason) {
    Line first = waiting.get(0);
    forget(1);
    sink.refused(first.number(), first.text(), reason);
  }

  /** The lines after those are parsed anew. */
  private void forget(int lines) {
    waiting.subList(0, lines).clear();
    parser = new CsvParser(separator);
    parsed = 0;
  }
}
