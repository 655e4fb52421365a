package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one record inside a request body; not copied. */
public final class RecordSlice {
  private final byte[] body;
  private final int from;
  private final int length;
  private final int line;

  private RecordSlice(byte[] body, int from, int length, int line) {
    this.body = body;
    this.from = from;
    this.length = length;
    this.line = line;
  }

  /** One record alone. */
  public static RecordSlice of(byte[] record, int line) {
    return new RecordSlice(record, 0, record.length, line);
  }

  public byte[] body() {
    return body;
  }

  public int from() {
    return from;
  }

  public int length() {
    return length;
  }

  /** Place of the record in its body, from 1. */
  public int line() {
    return line;
  }

  /** Lines of an NDJSON body; empty ones are skipped but counted. */
  public static List<RecordSlice> lines(byte[] body, int limit) {
    List<RecordSlice> slices = new ArrayList<>();
    int line = 0;
    int from = 0;
    while (from < body.length) {
      int end = from;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      line++;
      if (!isBlank(body, from, end)) {
        requireRoom(slices, limit);
        slices.add(new RecordSlice(body, from, end - from, line));
      }
      from = end + 1;
    }
    return slices;
  }

  /**
   * A JSON document: one object, or an array of them.
   *
   * @throws CallerFault if it is neither
   */
  public static List<RecordSlice> document(byte[] body, int limit) {
    List<RecordSlice> slices = new ArrayList<>();
    try (JsonParser parser = Utf8Json.parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        parser.skipChildren();
        slices.add(new RecordSlice(body, 0, body.length, 1));
      } else if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
          parser.skipChildren();
          int end = Math.toIntExact(parser.currentLocation().getByteOffset());
          requireRoom(slices, limit);
          slices.add(new RecordSlice(body, from, end - from, slices.size() + 1));
        }
      } else {
        throw CallerFault.malformed("the body must be a JSON object or an array of objects");
      }
      if (parser.nextToken() != null) {
        throw CallerFault.malformed(
            "the body goes on after its JSON document; several records need NDJSON"
                + " (application/x-ndjson) or an array");
      }
      return slices;
    } catch (JsonProcessingException e) {
      throw CallerFault.malformed("malformed JSON: " + JsonErrors.describe(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireRoom(List<RecordSlice> slices, int limit) {
    if (slices.size() == limit) {
      throw CallerFault.of("records", "more than " + limit, "at most " + limit + " a request");
    }
  }

  private static boolean isBlank(byte[] body, int from, int end) {
    for (int i = from; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
