package dev.thaw.launcher.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Splits one line into its fields. */
final class Fields {
  private static final Pattern DOUBLE_COLON = Pattern.compile("::", Pattern.LITERAL);

  private Fields() {}

  /** The {@code ::} form of MovieLens 1M and MovieTweetings. */
  static List<String> doubleColon(String line, int atLeast) {
    return require(List.of(DOUBLE_COLON.split(line, -1)), atLeast);
  }

  /** Fields between plain separators, without quotes. */
  static List<String> plain(String line, char separator, int atLeast) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, start)) {
      fields.add(line.substring(start, at));
      start = at + 1;
    }
    fields.add(line.substring(start));
    return require(fields, atLeast);
  }

  /**
   * One CSV record in one line, see {@link CsvParser}.
   *
   * @throws BadLine if a quote stays open, or something follows a closing one
   */
  static List<String> csv(String line, char separator, int atLeast) {
    CsvParser parser = new CsvParser(separator);
    if (!parser.take(line)) {
      throw new BadLine("line", "has a quote that is not closed");
    }
    return require(parser.fields(), atLeast);
  }

  private static List<String> require(List<String> fields, int atLeast) {
    if (fields.size() < atLeast) {
      throw new BadLine("line", "must have " + atLeast + " fields, had " + fields.size());
    }
    return fields;
  }
}
