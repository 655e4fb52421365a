package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

/** Parsers of request bodies: UTF-8 and nothing else, with a byte order mark or without. */
final class Utf8Json {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private Utf8Json() {}

  static JsonParser parser(byte[] body) throws IOException {
    return JSON.createParser(body);
  }

  /** The body without a byte order mark. */
  static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }
}
