package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writing of what several forms share; empty lists and maps are left out. */
final class Fields {
  private Fields() {}

  /** In the order of the keys, so that equal records have equal bytes. */
  static void texts(JsonGenerator out, String name, Map<String, String> texts) throws IOException {
    if (texts.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
    if (texts.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
