package dev.thaw.serving.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document; a test holds it to what the server really serves. */
public final class OpenApi {
  private OpenApi() {}

  public static HttpService service() {
    byte[] document = document();
    return (context, request) ->
        HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(document));
  }

  static byte[] document() {
    try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
