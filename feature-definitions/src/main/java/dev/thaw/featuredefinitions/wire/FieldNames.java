package dev.thaw.featuredefinitions.wire;

import java.util.HashMap;
import java.util.Map;

/** The fields an object may have, each with a bit to notice the second of its kind. */
final class FieldNames {
  private final Map<String, Long> bits = new HashMap<>();
  private final String known;

  private FieldNames(String... names) {
    for (String name : names) {
      bits.put(name, 1L << bits.size());
    }
    known = String.join(", ", names);
  }

  static FieldNames of(String... names) {
    return new FieldNames(names);
  }

  /** 0 if the object has no such field. */
  long bit(String name) {
    return bits.getOrDefault(name, 0L);
  }

  String known() {
    return known;
  }
}
