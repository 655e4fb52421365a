package dev.thaw.serving.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.annotation.Description;
import com.linecorp.armeria.server.annotation.ExceptionHandler;
import com.linecorp.armeria.server.annotation.Post;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The HTTP face of those of {@link ServingMethods} that take records, whose bodies are large. */
@ExceptionHandler(FaultHandler.class)
public final class PostsApi {
  private final ServingMethods methods;
  private final Limits limits;

  public PostsApi(ServingMethods methods, Limits limits) {
    this.methods = methods;
    this.limits = limits;
  }

  @Post("/v1/events")
  @Description("Takes events: one JSON object, an array, or NDJSON. Idempotent by event_id.")
  public CompletableFuture<HttpResponse> events(AggregatedHttpRequest request) {
    return methods.events(records(request)).thenApply(PostsApi::report);
  }

  @Post("/v1/items")
  @Description("Takes catalogue records: one JSON object, an array, or NDJSON.")
  public CompletableFuture<HttpResponse> items(AggregatedHttpRequest request) {
    return methods.items(records(request)).thenApply(PostsApi::report);
  }

  @Post("/v1/users")
  @Description("Takes profiles with onboarding answers: one JSON object, an array, or NDJSON.")
  public CompletableFuture<HttpResponse> users(AggregatedHttpRequest request) {
    return methods.users(records(request)).thenApply(PostsApi::report);
  }

  private List<RecordSlice> records(AggregatedHttpRequest request) {
    byte[] body = HttpApi.body(request);
    MediaType type = request.contentType();
    boolean lines =
        type != null && (type.subtype().contains("ndjson") || type.subtype().contains("jsonl"));
    return lines
        ? RecordSlice.lines(body, limits.records())
        : RecordSlice.document(body, limits.records());
  }

  private static HttpResponse report(IngestReport report) {
    return HttpResponse.of(
        report.nothingUsable() ? HttpStatus.BAD_REQUEST : HttpStatus.OK,
        MediaType.JSON,
        AnswerWriter.report(report));
  }
}
