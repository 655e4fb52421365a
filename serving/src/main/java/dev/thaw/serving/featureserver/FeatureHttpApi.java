package dev.thaw.serving.featureserver;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.annotation.ExceptionHandler;
import com.linecorp.armeria.server.annotation.Post;
import dev.thaw.serving.api.FaultHandler;
import java.util.concurrent.CompletableFuture;

/** The face of {@code feast serve}. */
@ExceptionHandler(FaultHandler.class)
final class FeatureHttpApi {
  private final OnlineFeatures features;
  private final FeatureLimits limits;
  private final JsonRequests requests;

  FeatureHttpApi(OnlineFeatures features, FeatureLimits limits) {
    this.features = features;
    this.limits = limits;
    this.requests = new JsonRequests(limits);
  }

  @Post("/get-online-features")
  public CompletableFuture<HttpResponse> getOnlineFeatures(AggregatedHttpRequest request) {
    return features
        .get("get-online-features", () -> asked(request), limits.deadline())
        .thenApply(
            answer -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, JsonAnswers.write(answer)));
  }

  private OnlineFeatures.Asked asked(AggregatedHttpRequest request) {
    JsonRequests.Body body = requests.read(request.content().array());
    return new OnlineFeatures.Asked(
        body.request(), body.fullNames() ? AnswerNames.FULL : AnswerNames.SHORT);
  }
}
