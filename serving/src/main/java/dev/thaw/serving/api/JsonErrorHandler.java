package dev.thaw.serving.api;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** The same error bodies where no method was reached: unknown paths, wrong methods, big bodies. */
public final class JsonErrorHandler implements ServerErrorHandler {

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return FaultHandler.response(context, Exceptions.peel(cause));
  }

  @Override
  public @Nullable AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String message = description == null ? status.reasonPhrase() : description;
    boolean tooLarge = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    long most = context == null ? config.maxRequestLength() : context.maxRequestLength();
    String bound = tooLarge ? "at most " + most + " bytes" : null;
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status).contentType(MediaType.JSON).build(),
        com.linecorp.armeria.common.HttpData.wrap(
            AnswerWriter.error(
                tooLarge ? "body" : null,
                null,
                bound,
                tooLarge ? "body must have " + bound : message)));
  }
}
