package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.thaw.featuredefinitions.wire.Utf8;
import java.io.IOException;
import java.util.Arrays;

/** Parsers of request bodies: UTF-8 and nothing else, with a byte order mark or without. */
public final class Utf8Json {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private Utf8Json() {}

  public static JsonParser parser(byte[] body) throws IOException {
    return JSON.createParser(body);
  }

  /** The body without a byte order mark. */
  public static byte[] withoutMark(byte[] body) {
    int mark = Utf8.markLength(body, 0, body.length);
    return mark > 0 ? Arrays.copyOfRange(body, mark, body.length) : body;
  }
}
