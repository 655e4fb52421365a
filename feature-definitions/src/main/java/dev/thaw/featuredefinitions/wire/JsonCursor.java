package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks through one JSON object field by field, in any order. A null counts as an absent field.
 * Every method that reads a value throws {@link WireFault} with field, value and bound if it is not
 * as asked for.
 */
final class JsonCursor {
  private final JsonParser parser;
  private final Instant now;
  private String name = "";
  private long seen;

  JsonCursor(JsonParser parser, Instant now) {
    this.parser = parser;
    this.now = now;
  }

  /** Reads one element of a list of objects, positioned inside it. */
  interface ObjectReader<T> {
    T read(JsonCursor in) throws IOException;
  }

  void enterObject() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw parser.currentToken() == null
          ? fault("", "", "is empty, must be a JSON object")
          : fault("must be a JSON object");
    }
  }

  void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw fault("", "", "must be one JSON object, more follows it");
    }
  }

  /** Moves to the value of the next field; false at the end of the object. */
  boolean next(FieldNames fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      name = parser.currentName();
      long bit = fields.bit(name);
      if (bit == 0) {
        throw fault(path(), "", "unknown field, known are " + fields.known());
      }
      if ((seen & bit) != 0) {
        throw fault(path(), "", "is given twice");
      }
      seen |= bit;
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        return true;
      }
    }
    name = "";
    return false;
  }

  String name() {
    return name;
  }

  Instant now() {
    return now;
  }

  /** A text as it is; ids check themselves. */
  String text() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw fault("must be a text");
    }
    return wellFormed(parser.getText());
  }

  String text(int maxLength) throws IOException {
    String text = text();
    if (text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength) {
      throw tooLong(text, maxLength);
    }
    return text;
  }

  double number() throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw fault("must be a number");
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw fault("must be a finite number");
    }
    return value;
  }

  long integer(long min, long max) throws IOException {
    long value;
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      double number = number();
      value = (long) number;
      if (number != value) {
        throw fault("must be an integer in [" + min + ", " + max + "]");
      }
    } else if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      value = parser.getLongValue();
    } else {
      throw fault("must be an integer in [" + min + ", " + max + "]");
    }
    if (value < min || value > max) {
      throw fault("must be in [" + min + ", " + max + "]");
    }
    return value;
  }

  boolean flag() throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw fault("must be true or false");
    }
    return parser.getBooleanValue();
  }

  /** ISO 8601 with a zone, or epoch milliseconds; from 1970 on. */
  Instant time() throws IOException {
    Instant time;
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      time = Iso8601.parse(parser.getText());
      if (time == null) {
        throw fault("must be " + Iso8601.FORM + ", or epoch milliseconds");
      }
    } else if (parser.currentToken().isNumeric()) {
      time = Instant.ofEpochMilli(integer(0, Iso8601.MAX_EPOCH_MILLIS));
    } else {
      throw fault("must be " + Iso8601.FORM + ", or epoch milliseconds");
    }
    if (time.isBefore(Instant.EPOCH)) {
      throw fault("must not be before 1970-01-01T00:00:00Z");
    }
    if (time.toEpochMilli() > Iso8601.MAX_EPOCH_MILLIS) {
      throw fault("must be before the year 10000");
    }
    return time;
  }

  /** The same, and at most {@code skew} ahead of the clock. */
  Instant time(Duration skew) throws IOException {
    Instant time = time();
    if (time.isAfter(now) && time.minus(skew).isAfter(now)) {
      throw fault("must be at most " + skew.toSeconds() + " s ahead of the clock, which is " + now);
    }
    return time;
  }

  Map<String, String> textMap(int maxEntries, int maxKey, int maxValue) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw fault("must be an object of texts");
    }
    Map<String, String> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = wellFormed(parser.currentName());
      if (key.isEmpty() || key.codePointCount(0, key.length()) > maxKey) {
        throw fault(pathAbove(key), key, "keys must have 1 to " + maxKey + " characters");
      }
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw fault("must be a text");
      }
      String value = wellFormed(parser.getText());
      if (value.length() > maxValue && value.codePointCount(0, value.length()) > maxValue) {
        throw tooLong(value, maxValue);
      }
      if (map.put(key, value) != null) {
        throw fault(path(), "", "is given twice");
      }
      if (map.size() > maxEntries) {
        throw fault(pathAbove(key), "", "must have at most " + maxEntries + " entries");
      }
    }
    return map;
  }

  List<String> textList(int maxSize, int maxLength) throws IOException {
    List<String> list = new ArrayList<>();
    requireList();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requireRoom(list.size(), maxSize);
      list.add(text(maxLength));
    }
    return list;
  }

  List<Float> floatList(int minSize, int maxSize, float bound) throws IOException {
    List<Float> list = new ArrayList<>();
    requireList();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requireRoom(list.size(), maxSize);
      double value = number();
      if (Math.abs(value) > bound) {
        throw fault("must be in [-" + bound + ", " + bound + "]");
      }
      list.add((float) value);
    }
    if (list.size() < minSize) {
      throw fault(path(), "", "must have at least " + minSize + " elements");
    }
    return list;
  }

  <T> List<T> objects(int maxSize, ObjectReader<T> reader) throws IOException {
    requireList();
    List<T> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requireRoom(list.size(), maxSize);
      list.add(object(reader));
    }
    return list;
  }

  /** Reads the object that is the current value. */
  <T> T object(ObjectReader<T> reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw fault("must be an object");
    }
    String outerName = name;
    long outerSeen = seen;
    seen = 0;
    T value = reader.read(this);
    name = outerName;
    seen = outerSeen;
    return value;
  }

  <T> T require(String field, @Nullable T value) {
    if (value == null) {
      throw faultOf(field, "", "is missing");
    }
    return value;
  }

  /** A fault of a field of the object that was read last. */
  WireFault faultOf(String field, Object value, String reason) {
    String outer = path();
    return fault(outer.isEmpty() ? field : outer + "." + field, value, reason);
  }

  /** A fault at the current value. */
  WireFault fault(String reason) throws IOException {
    String text = parser.currentToken() == null ? "" : parser.getText();
    return fault(path(), text == null ? "" : text, reason);
  }

  WireFault fault(String field, Object value, String reason) {
    return new WireFault(new Rejection(field, String.valueOf(value), reason));
  }

  /** Where the parser stands, such as {@code onboarding[2].item_id}. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
      if (at.hasCurrentName()) {
        path.insert(0, path.isEmpty() || path.charAt(0) == '[' ? "" : ".")
            .insert(0, at.getCurrentName());
      } else if (at.inArray() && at.hasCurrentIndex()) {
        path.insert(0, (path.isEmpty() ? "]" : "]."))
            .insert(0, at.getCurrentIndex())
            .insert(0, "[");
      }
    }
    return path.toString();
  }

  /** Path of the object that the key is in; keys may hold dots. */
  private String pathAbove(String key) {
    String path = path();
    return path.substring(0, Math.max(0, path.length() - key.length() - 1));
  }

  private void requireList() throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw fault("must be a list");
    }
  }

  private void requireRoom(int size, int maxSize) {
    if (size == maxSize) {
      throw fault(path(), "", "must have at most " + maxSize + " elements");
    }
  }

  private WireFault tooLong(String text, int maxLength) {
    return fault(
        path(),
        text,
        "must have at most "
            + maxLength
            + " characters, had "
            + text.codePointCount(0, text.length()));
  }

  private String wellFormed(String text) {
    int at = Utf8.unpairedSurrogate(text);
    if (at >= 0) {
      throw fault(path(), "", "must be Unicode, has half of a surrogate pair at character " + at);
    }
    return text;
  }
}
