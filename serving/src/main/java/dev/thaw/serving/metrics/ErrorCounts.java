package dev.thaw.serving.metrics;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers that are errors, whichever part gave them: also those to requests that no
 * method was reached for, as they could not be read.
 */
public final class ErrorCounts extends SimpleDecoratingHttpService {
  private static final String GRPC_STATUS = "grpc-status";
  private static final int FIRST_ERROR = 400;

  private final MeterRegistry metrics;

  public ErrorCounts(HttpService service, MeterRegistry metrics) {
    super(service);
    this.metrics = metrics;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    var unused = context.log().whenComplete().thenAccept(this::count);
    return unwrap().serve(context, request);
  }

  private void count(RequestLog log) {
    int status = log.responseStatus().code();
    String grpc = grpcStatus(log);
    if (status >= FIRST_ERROR) {
      count("http", Integer.toString(status));
    } else if (grpc != null && !grpc.equals("0")) {
      count("grpc", grpc);
    }
  }

  private static @Nullable String grpcStatus(RequestLog log) {
    String late = log.responseTrailers().get(GRPC_STATUS);
    return late == null ? log.responseHeaders().get(GRPC_STATUS) : late;
  }

  private void count(String protocol, String status) {
    metrics.counter("thaw.errors", "protocol", protocol, "status", status).increment();
  }
}
