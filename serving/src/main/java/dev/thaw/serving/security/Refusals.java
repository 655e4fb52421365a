package dev.thaw.serving.security;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.thaw.featuredefinitions.config.ApiKey;
import dev.thaw.featuredefinitions.config.Role;
import dev.thaw.serving.api.ErrorBody;
import io.grpc.Status;
import java.time.Duration;
import java.util.Locale;

/** Refusals in the words of the protocol that was called. */
final class Refusals {
  private Refusals() {}

  static HttpResponse unknownCaller(HttpRequest request) {
    String message =
        "a known key must be given, as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\"";
    return isGrpc(request)
        ? grpc(Status.UNAUTHENTICATED.withDescription(message), Duration.ZERO)
        : json(
            ResponseHeaders.builder(HttpStatus.UNAUTHORIZED)
                .set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"),
            message);
  }

  static HttpResponse notAllowed(HttpRequest request, ApiKey holder, Role needed) {
    String message =
        "role of the key must be at least " + word(needed) + " for this, is " + word(holder.role());
    return isGrpc(request)
        ? grpc(Status.PERMISSION_DENIED.withDescription(message), Duration.ZERO)
        : json(ResponseHeaders.builder(HttpStatus.FORBIDDEN), message);
  }

  static HttpResponse tooOften(HttpRequest request, Duration wait) {
    String message = "too many requests, the next may come in " + seconds(wait) + " s";
    return isGrpc(request)
        ? grpc(Status.RESOURCE_EXHAUSTED.withDescription(message), wait)
        : json(
            ResponseHeaders.builder(HttpStatus.TOO_MANY_REQUESTS)
                .set(HttpHeaderNames.RETRY_AFTER, seconds(wait)),
            message);
  }

  private static boolean isGrpc(HttpRequest request) {
    MediaType type = request.contentType();
    return type != null && type.type().equals("application") && type.subtype().startsWith("grpc");
  }

  private static HttpResponse json(ResponseHeadersBuilder headers, String message) {
    return HttpResponse.of(
        headers.contentType(MediaType.JSON).build(), HttpData.wrap(ErrorBody.of(message)));
  }

  /** An answer of headers alone, whose texts are of ASCII. */
  private static HttpResponse grpc(Status status, Duration wait) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .endOfStream(true)
            .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc")
            .setInt("grpc-status", status.getCode().value())
            .set("grpc-message", String.valueOf(status.getDescription()));
    if (!wait.isZero()) {
      headers.set(HttpHeaderNames.RETRY_AFTER, seconds(wait));
    }
    return HttpResponse.of(headers.build());
  }

  /** Rounded up: who comes back then does not come too early. */
  private static String seconds(Duration wait) {
    return Long.toString(wait.plusNanos(999_999_999).toSeconds());
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
