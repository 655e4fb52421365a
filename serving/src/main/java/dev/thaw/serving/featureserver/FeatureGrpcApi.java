package dev.thaw.serving.featureserver;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueMessages;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.api.GrpcStatuses;
import feast.proto.serving.ServingAPIProto.FeatureList;
import feast.proto.serving.ServingAPIProto.GetFeastServingInfoRequest;
import feast.proto.serving.ServingAPIProto.GetFeastServingInfoResponse;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesRequest;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponse;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponse.FeatureVector;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponseMetadata;
import feast.proto.serving.ServingServiceGrpc;
import feast.proto.types.ValueProto.RepeatedValue;
import feast.proto.types.ValueProto.Value;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The service that Feast's Java client calls. Answers name features {@code view:feature}. */
final class FeatureGrpcApi extends ServingServiceGrpc.ServingServiceImplBase {
  private final OnlineFeatures features;
  private final FeatureLimits limits;
  private final String version;

  /**
   * @param version of this server, as it tells callers
   */
  FeatureGrpcApi(OnlineFeatures features, FeatureLimits limits, String version) {
    this.features = features;
    this.limits = limits;
    this.version = version;
  }

  @Override
  public void getFeastServingInfo(
      GetFeastServingInfoRequest request, StreamObserver<GetFeastServingInfoResponse> out) {
    out.onNext(GetFeastServingInfoResponse.newBuilder().setVersion(version).build());
    out.onCompleted();
  }

  @Override
  public void getOnlineFeatures(
      GetOnlineFeaturesRequest request, StreamObserver<GetOnlineFeaturesResponse> out) {
    var unused =
        features
            .get("GetOnlineFeatures", () -> asked(request), patience())
            .thenApply(FeatureGrpcApi::response)
            .whenComplete(
                (response, failure) -> {
                  if (failure == null) {
                    out.onNext(response);
                    out.onCompleted();
                  } else {
                    out.onError(GrpcStatuses.of(failure).asRuntimeException());
                  }
                });
  }

  /** The caller's deadline, if it has one that is shorter than ours. */
  private Duration patience() {
    long millis = ServiceRequestContext.current().requestTimeoutMillis();
    Duration own = limits.deadline();
    return millis > 0 && millis < own.toMillis() ? Duration.ofMillis(millis) : own;
  }

  private OnlineFeatures.Asked asked(GetOnlineFeaturesRequest request) {
    if (request.getRequestContextCount() > 0) {
      throw CallerFault.of(
          "request_context",
          request.getRequestContextMap().keySet(),
          "empty: views on demand are not run here");
    }
    Map<String, List<FeatureValue>> entities = new LinkedHashMap<>();
    request.getEntitiesMap().forEach((name, values) -> entities.put(name, values(name, values)));
    FeatureRequest asked =
        switch (request.getKindCase()) {
          case FEATURE_SERVICE ->
              new FeatureRequest(request.getFeatureService(), List.of(), entities);
          case FEATURES -> new FeatureRequest(null, request.getFeatures().getValList(), entities);
          case KIND_NOT_SET ->
              throw CallerFault.of("kind", "not set", "features or a feature_service");
        };
    return new OnlineFeatures.Asked(asked, AnswerNames.QUALIFIED);
  }

  private List<FeatureValue> values(String name, RepeatedValue values) {
    if (values.getValCount() > limits.rows()) {
      throw CallerFault.of(
          "entities." + name, values.getValCount() + " values", "at most " + limits.rows());
    }
    return values.getValList().stream().map(FeatureValueMessages::read).toList();
  }

  private static GetOnlineFeaturesResponse response(FeatureAnswer answer) {
    GetOnlineFeaturesResponse.Builder response = GetOnlineFeaturesResponse.newBuilder();
    FeatureList.Builder names = FeatureList.newBuilder();
    for (Selection.Output output : answer.outputs()) {
      names.addVal(output.name());
      response.addResults(vector(output.feature(), answer.rows(output)));
    }
    return response
        .setMetadata(GetOnlineFeaturesResponseMetadata.newBuilder().setFeatureNames(names))
        .setStatus(true)
        .build();
  }

  private static FeatureVector vector(String feature, ViewRows rows) {
    FeatureVector.Builder vector = FeatureVector.newBuilder();
    for (int row = 0; row < rows.size(); row++) {
      Timestamp time = rows.time(row);
      vector.addValues(value(rows, row, feature));
      vector.addStatuses(rows.status(row, feature));
      vector.addEventTimestamps(time);
    }
    return vector.build();
  }

  /** A stored null is told from a feature that was never written, which is no value at all. */
  private static Value value(ViewRows rows, int row, String feature) {
    return rows.isStored(row, feature)
        ? FeatureValueMessages.of(rows.value(row, feature))
        : Value.getDefaultInstance();
  }
}
