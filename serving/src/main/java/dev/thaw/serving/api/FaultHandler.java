package dev.thaw.serving.api;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.ExceptionHandlerFunction;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures of calls to statuses with a JSON body that says what is wrong. */
public final class FaultHandler implements ExceptionHandlerFunction {
  private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);

  @Override
  public HttpResponse handleException(
      ServiceRequestContext context, HttpRequest request, Throwable cause) {
    return response(context, Exceptions.peel(cause));
  }

  static HttpResponse response(ServiceRequestContext context, Throwable cause) {
    if (cause instanceof CallerFault fault) {
      return json(
          HttpStatus.valueOf(fault.status()),
          AnswerWriter.error(fault.field(), fault.value(), fault.bound(), fault.getMessage()));
    }
    if (isTooLarge(cause)) {
      CallerFault fault = CallerFault.tooLarge(context.maxRequestLength());
      return json(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          AnswerWriter.error(fault.field(), fault.value(), fault.bound(), fault.getMessage()));
    }
    Optional<String> unavailable = Unavailable.reason(cause);
    if (unavailable.isPresent()) {
      return HttpResponse.of(
          ResponseHeaders.builder(HttpStatus.SERVICE_UNAVAILABLE)
              .contentType(MediaType.JSON)
              .set(HttpHeaderNames.RETRY_AFTER, "1")
              .build(),
          HttpData.wrap(AnswerWriter.error(null, null, null, unavailable.get())));
    }
    if (cause instanceof HttpStatusException status) {
      return json(
          status.httpStatus(),
          AnswerWriter.error(null, null, null, status.httpStatus().reasonPhrase()));
    }
    if (Exceptions.isStreamCancelling(cause)) {
      return HttpResponse.of(HttpStatus.CLIENT_CLOSED_REQUEST); // which nobody reads
    }
    LOG.error("{} {} failed", context.method(), context.path(), cause);
    return json(
        HttpStatus.INTERNAL_SERVER_ERROR,
        AnswerWriter.error(null, null, null, "internal error; the log of the server has more"));
  }

  private static boolean isTooLarge(Throwable cause) {
    return cause instanceof ContentTooLargeException
        || (cause instanceof HttpStatusException status
            && status.httpStatus().equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE));
  }

  private static HttpResponse json(HttpStatus status, byte[] body) {
    return HttpResponse.of(status, MediaType.JSON, body);
  }
}
