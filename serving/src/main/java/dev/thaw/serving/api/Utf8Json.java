package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.thaw.featuredefinitions.wire.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Parsers of request bodies: UTF-8 and nothing else, with a byte order mark or without. */
public final class Utf8Json {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private Utf8Json() {}

  /** Takes the value of one field, at whose first token the parser stands. */
  public interface FieldReader {
    void read(JsonParser parser, String field) throws IOException;
  }

  /**
   * Reads a body that is one JSON object.
   *
   * @throws CallerFault if it is none, is malformed or goes on after it
   */
  public static void readObject(byte[] body, FieldReader fields) {
    try (JsonParser parser = parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw CallerFault.malformed("the body must be a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        fields.read(parser, field);
      }
      if (parser.nextToken() != null) {
        throw CallerFault.malformed("the body goes on after its JSON object");
      }
    } catch (JsonProcessingException e) {
      throw CallerFault.malformed("malformed JSON: " + JsonErrors.describe(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonParser parser(byte[] body) throws IOException {
    return JSON.createParser(body);
  }

  /** The body without a byte order mark. */
  public static byte[] withoutMark(byte[] body) {
    int mark = Utf8.markLength(body, 0, body.length);
    return mark > 0 ? Arrays.copyOfRange(body, mark, body.length) : body;
  }
}
