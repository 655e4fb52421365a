package dev.thaw.featuredefinitions.wire;

import java.io.IOException;
import java.util.Map;

/** Contexts of events and impressions, and attributes of items and users: texts by name. */
final class Contexts {
  private Contexts() {}

  static Map<String, String> read(JsonCursor in) throws IOException {
    return in.textMap(
        WireLimits.MAX_CONTEXT_ENTRIES, WireLimits.MAX_KEY, WireLimits.MAX_TEXT_VALUE);
  }

  static Map<String, String> attributes(JsonCursor in) throws IOException {
    return in.textMap(WireLimits.MAX_ATTRIBUTES, WireLimits.MAX_KEY, WireLimits.MAX_TEXT_VALUE);
  }
}
