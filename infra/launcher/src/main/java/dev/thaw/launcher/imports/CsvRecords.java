package dev.thaw.launcher.imports;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the lines of quoted fields that hold line breaks together again and splits the records. A
 * line that opens a quote and begins no record of at most {@value #MOST_LINES} lines is refused by
 * itself; the next record begins with the line after it. A record is refused with any line of it
 * that was rejected before it came here. Not thread-safe.
 */
final class CsvRecords implements Lines.Consumer {
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

  private record Line(long number, String text, boolean rejected) {}

  CsvRecords(char separator, Sink sink) {
    this.separator = separator;
    this.sink = sink;
    this.parser = new CsvParser(separator);
  }

  @Override
  public void accept(long number, String line) {
    waiting.add(new Line(number, line, false));
    parse();
  }

  @Override
  public void rejected(long number, String remains) {
    waiting.add(new Line(number, remains, true));
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
    List<Line> lines = List.copyOf(waiting.subList(0, parsed));
    Optional<Line> rejected = lines.stream().filter(Line::rejected).findFirst();
    List<String> fields = parser.fields();
    forget(parsed);
    if (rejected.isEmpty()) {
      sink.record(lines.get(0).number(), text(lines), fields);
    } else {
      refuse(lines, rejected.get().number());
    }
  }

  /** From the first line on of which nobody was told yet. */
  private void refuse(List<Line> lines, long rejected) {
    List<Line> rest = lines.stream().dropWhile(Line::rejected).toList();
    if (!rest.isEmpty()) {
      Line first = rest.get(0);
      String how = first.number() < rejected ? "goes on in" : "belongs to";
      sink.refused(
          first.number(),
          text(rest),
          new BadLine("line", how + " line " + rejected + ", which was rejected"));
    }
  }

  private static String text(List<Line> lines) {
    return lines.stream().map(Line::text).collect(joining("\n"));
  }

  private void refuseFirst(BadLine reason) {
    Line first = waiting.get(0);
    forget(1);
    if (!first.rejected()) {
      sink.refused(first.number(), first.text(), reason);
    }
  }

  /** The lines after those are parsed anew. */
  private void forget(int lines) {
    waiting.subList(0, lines).clear();
    parser = new CsvParser(separator);
    parsed = 0;
  }
}
