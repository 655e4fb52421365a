package dev.thaw.launcher.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Rows of a CSV, TSV or JSON Lines file; which of them is told by the file's name. */
final class Table {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final boolean header;
  private List<String> names = List.of();

  Table(Path file, boolean header) {
    this.file = file;
    this.header = header;
  }

  /** One row. */
  interface Row {
    /** The value of the column; empty if the cell is. */
    Optional<String> get(String column);

    default String require(String column) {
      return get(column).orElseThrow(() -> new BadLine(column, column + " must not be empty"));
    }
  }

  void forEach(Lines lines, Consumer<Row> consumer) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      lines.forEach(file, (n, line) -> consumer.accept(json(line)));
      return;
    }
    char separator = name.endsWith(".tsv") ? '\t' : ',';
    lines.forEachRecord(file, separator, (n, fields) -> take(n, fields, consumer));
  }

  private void take(long number, List<String> fields, Consumer<Row> consumer) {
    if (header && number == 1) {
      names = fields.stream().map(String::strip).toList();
    } else {
      consumer.accept(
          column ->
              Optional.of(fields.get(indexOf(column, fields.size()))).filter(v -> !v.isBlank()));
    }
  }

  private int indexOf(String column, int width) {
    int named = names.indexOf(column);
    if (named < 0 && !column.matches("[1-9]\\d{0,3}")) {
      throw new ImportException(
          file.getFileName() + " has no column \"" + column + "\", its columns are " + names);
    }
    int index = named >= 0 ? named : Integer.parseInt(column) - 1;
    if (index >= width) {
      throw new BadLine(column, "the line must have " + (index + 1) + " fields, had " + width);
    }
    return index;
  }

  private static Row json(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new BadLine("line", "is not JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new BadLine("line", "must be a JSON object, was " + node.getNodeType());
    }
    return column -> text(node.path(column)).filter(v -> !v.isBlank());
  }

  private static Optional<String> text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isArray()) {
      List<String> values = new ArrayList<>();
      value.forEach(v -> values.add(v.asText()));
      return Optional.of(String.join("|", values));
    }
    return Optional.of(value.isValueNode() ? value.asText() : value.toString());
  }
}
