package dev.thaw.vectorindex.milvus;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.SearchFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Filters in Milvus' boolean expressions. Values are written into the text with quotes and
 * backslashes escaped: templates with values apart exist from server 2.5 on only.
 */
final class FilterText {
  private FilterText() {}

  /** The filter but for its excluded items; empty where everything passes. */
  static String flags(SearchFilter filter) {
    List<String> parts = new ArrayList<>();
    if (filter.domain() != null) {
      parts.add(MilvusFields.DOMAIN + " == " + quoted(filter.domain().value()));
    }
    if (filter.cold() != null) {
      parts.add(MilvusFields.COLD + " == " + filter.cold());
    }
    if (filter.available() != null) {
      parts.add(MilvusFields.AVAILABLE + " == " + filter.available());
    }
    return String.join(" and ", parts);
  }

  static String without(String filter, Collection<ItemId> items) {
    if (items.isEmpty()) {
      return filter;
    }
    String outside = MilvusFields.ID + " not in " + list(items);
    return filter.isEmpty() ? outside : filter + " and " + outside;
  }

  static String oneOf(Collection<ItemId> items) {
    return MilvusFields.ID + " in " + list(items);
  }

  private static String list(Collection<ItemId> items) {
    return items.stream()
        .map(item -> quoted(item.value()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
