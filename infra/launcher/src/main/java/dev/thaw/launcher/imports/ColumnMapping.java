package dev.thaw.launcher.imports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of somebody's tables mean what. Columns go by the name in the header line, the name
 * of a JSON field, or from 1 by their number.
 *
 * @param events file of interactions, below the folder that is imported
 * @param items catalogue, if there is one
 * @param users profiles, if there are any
 * @param eventColumns {@code user, item} and, where there are such columns, {@code value, time,
 *     type, domain}
 * @param itemColumns {@code id} and, where there are such columns, {@code title, description,
 *     categories, domain, image, attribute.NAME}
 * @param userColumns {@code id} and {@code attribute.NAME}
 * @param header whether the first line of CSV and TSV names the columns
 * @param domain of rows without a domain column
 * @param type of events without a type column
 */
public record ColumnMapping(
    String events,
    @Nullable String items,
    @Nullable String users,
    Map<String, String> eventColumns,
    Map<String, String> itemColumns,
    Map<String, String> userColumns,
    boolean header,
    String domain,
    String type,
    double minRating,
    double maxRating,
    double positiveRating,
    TimeUnitOfColumn timeUnit) {
  static final String ATTRIBUTE = "attribute.";

  /** How a time column is written. */
  public enum TimeUnitOfColumn {
    SECONDS,
    MILLIS,
    ISO
  }

  public ColumnMapping {
    eventColumns = checked("event", eventColumns, Set.of("user", "item"), "value time type domain");
    itemColumns =
        items == null
            ? Map.of()
            : checked(
                "item", itemColumns, Set.of("id"), "title description categories domain image");
    userColumns = users == null ? Map.of() : checked("user", userColumns, Set.of("id"), "");
    if (!(minRating < maxRating)) {
      throw new IllegalArgumentException(
          "rating scale must have min < max, was [" + minRating + ", " + maxRating + "]");
    }
  }

  private static Map<String, String> checked(
      String table, Map<String, String> columns, Set<String> needed, String possible) {
    for (String name : needed) {
      if (!columns.containsKey(name)) {
        throw new IllegalArgumentException(table + " columns must say which one is the " + name);
      }
    }
    Set<String> known = Set.of(possible.split(" "));
    for (String name : columns.keySet()) {
      if (!needed.contains(name) && !known.contains(name) && !name.startsWith(ATTRIBUTE)) {
        throw new IllegalArgumentException(
            table
                + " columns may be "
                + String.join(", ", needed)
                + (possible.isEmpty() ? "" : ", " + possible.replace(" ", ", "))
                + ", was \""
                + name
                + "\"");
      }
    }
    return Map.copyOf(new LinkedHashMap<>(columns));
  }
}
