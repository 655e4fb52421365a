package dev.thaw.launcher.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one CSV record, RFC 4180, that may go over several lines: a field may be quoted, and a
 * doubled quote in it is one. A quote opens a field only at its start; elsewhere in a field that
 * was not opened by one it is a character like others. Not thread-safe.
 */
final class CsvParser {
  private final char separator;
  private final List<String> fields = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private boolean quoted;
  private boolean closed;
  private boolean begun;

  CsvParser(char separator) {
    this.separator = separator;
  }

  /**
   * Takes the next line of the record.
   *
   * @return whether the record ends with it; if not, a quote is open
   * @throws BadLine if something follows a closing quote
   */
  boolean take(String line) {
    if (begun) {
      field.append('\n');
    }
    begun = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
          closed = true;
        }
      } else if (c == separator) {
        endField();
      } else if (c == '"' && field.isEmpty() && !closed) {
        quoted = true;
      } else if (closed) {
        throw new BadLine("line", "has \"" + c + "\" after a closing quote, at " + i);
      } else {
        field.append(c);
      }
    }
    if (!quoted) {
      endField();
    }
    return !quoted;
  }

  private void endField() {
    fields.add(field.toString());
    field.setLength(0);
    closed = false;
  }

  /** Of a record that has ended. */
  List<String> fields() {
    return List.copyOf(fields);
  }
}
