package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feast.FeastClient;
import dev.feast.Row;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import feast.proto.serving.ServingAPIProto.FeatureList;
import feast.proto.serving.ServingAPIProto.FieldStatus;
import feast.proto.serving.ServingAPIProto.GetFeastServingInfoRequest;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesRequest;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponse;
import feast.proto.types.ValueProto.RepeatedValue;
import feast.proto.types.ValueProto.Value;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FeatureServerGrpcTest {
  @TempDir static Path folder;
  private static OnlineStore store;
  private static FeatureServerFixture thaw;

  @BeforeAll
  static void start() {
    store = ServedSamples.store(folder);
    thaw = new FeatureServerFixture(store);
  }

  @AfterAll
  static void stop() {
    thaw.close();
    store.close();
  }

  private static GetOnlineFeaturesRequest.Builder request(String... features) {
    return GetOnlineFeaturesRequest.newBuilder()
        .setFeatures(FeatureList.newBuilder().addAllVal(List.of(features)));
  }

  private static RepeatedValue texts(String... values) {
    RepeatedValue.Builder column = RepeatedValue.newBuilder();
    for (String each : values) {
      column.addVal(Value.newBuilder().setStringVal(each));
    }
    return column.build();
  }

  @Test
  void feastsJavaClientReadsValuesAndStatuses() throws Exception {
    FeastClient client = FeastClient.create("127.0.0.1", thaw.server.port());
    try {
      assertThat(client.getFeastServingInfo().getVersion()).startsWith("thaw ");
      List<Row> rows =
          client.getOnlineFeatures(
              List.of("users:age", "users:name"),
              List.of(
                  Row.create().set("user_id", "ann"),
                  Row.create().set("user_id", "bob"),
                  Row.create().set("user_id", "nobody")),
              "shop");
      assertThat(rows).hasSize(3);
      assertThat(rows.get(0).getLong("users:age")).isEqualTo(31);
      assertThat(rows.get(0).getString("users:name")).isEqualTo("Ann");
      assertThat(rows.get(0).getString("user_id")).isEqualTo("ann");
      assertThat(rows.get(0).getStatus("users:age")).isEqualTo(FieldStatus.PRESENT);
      assertThat(rows.get(1).getLong("users:age")).isEqualTo(42);
      assertThat(rows.get(1).getStatus("users:age")).isEqualTo(FieldStatus.OUTSIDE_MAX_AGE);
      assertThat(rows.get(2).getStatus("users:age")).isEqualTo(FieldStatus.NOT_FOUND);
    } finally {
      client.close();
    }
  }

  @Test
  void integerKeysOfEitherWidthFindTheRow() {
    GetOnlineFeaturesResponse response =
        thaw.grpc.getOnlineFeatures(
            request("drivers:trips")
                .putEntities(
                    "driver_id",
                    RepeatedValue.newBuilder().addVal(Value.newBuilder().setInt32Val(1001)).build())
                .putEntities(
                    "shift",
                    RepeatedValue.newBuilder().addVal(Value.newBuilder().setInt64Val(2)).build())
                .putEntities(
                    "since",
                    RepeatedValue.newBuilder()
                        .addVal(Value.newBuilder().setUnixTimestampVal(1_700_000_000))
                        .build())
                .build());
    assertThat(response.getResults(0).getValues(0).getInt64Val()).isEqualTo(7);
    assertThat(response.getStatus()).isTrue();
  }

  @Test
  void aServiceIsAnsweredUnderQualifiedNames() {
    GetOnlineFeaturesResponse response =
        thaw.grpc.getOnlineFeatures(
            GetOnlineFeaturesRequest.newBuilder()
                .setFeatureService("model")
                .putEntities("user_id", texts("ann"))
                .putEntities("friend_id", texts("ann"))
                .build());
    assertThat(response.getMetadata().getFeatureNames().getValList())
        .containsExactly("users:age", "friends:city");
    assertThat(response.getResults(0).getValues(0).getInt64Val()).isEqualTo(31);
    assertThat(response.getResults(0).getEventTimestamps(0).getNanos()).isEqualTo(500_000_000);
    assertThat(response.getResults(1).getStatuses(0)).isEqualTo(FieldStatus.NULL_VALUE);
  }

  @Test
  void whatIsNotKnownIsAnInvalidArgumentThatSaysWhatIs() {
    assertThatThrownBy(
            () ->
                thaw.grpc.getOnlineFeatures(
                    request("nowhere:x").putEntities("user_id", texts("ann")).build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContainingAll(
            "INVALID_ARGUMENT", "nowhere:x", "[drivers, tastes, users, world]");
    assertThatThrownBy(
            () ->
                thaw.grpc.getOnlineFeatures(
                    request("users:age")
                        .putEntities("user_id", texts("ann"))
                        .putRequestContext("now", texts("x"))
                        .build()))
        .hasMessageContainingAll("INVALID_ARGUMENT", "request_context");
    assertThatThrownBy(
            () -> thaw.grpc.getOnlineFeatures(GetOnlineFeaturesRequest.getDefaultInstance()))
        .hasMessageContainingAll("INVALID_ARGUMENT", "feature_service");
  }

  @Test
  void healthAndReflection() throws Exception {
    assertThat(
            thaw.client(HealthGrpc.HealthBlockingStub.class)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking =
        thaw.client(ServerReflectionGrpc.ServerReflectionStub.class)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    first.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    first.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(first.get(20, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains("feast.serving.ServingService");
    asking.onCompleted();
  }

  @Test
  void aStoreThatIsAwayIsUnavailableAndOneThatHangsIsLate() {
    CountDownLatch hanging = new CountDownLatch(1);
    try (FeatureServerFixture broken =
            new FeatureServerFixture(
                reader(
                    () -> {
                      throw new OnlineStoreException("connection refused");
                    }));
        FeatureServerFixture slow =
            new FeatureServerFixture(
                reader(
                    () -> {
                      hanging.await();
                      return List.of();
                    }))) {
      GetOnlineFeaturesRequest request =
          request("users:age").putEntities("user_id", texts("ann")).build();
      assertThatThrownBy(() -> broken.grpc.getOnlineFeatures(request))
          .hasMessageContainingAll("UNAVAILABLE", "feature-store:error");
      String body = "{'features': ['users:age'], 'entities': {'user_id': ['ann']}}";
      assertThat(broken.post(body).status().code()).isEqualTo(503);
      assertThat(broken.post(body).headers().get("retry-after")).isEqualTo("1");
      assertThatThrownBy(
              () ->
                  slow.grpc
                      .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                      .getOnlineFeatures(request))
          .hasMessageContaining("DEADLINE_EXCEEDED");
      assertThat(slow.post(body).status().code()).isEqualTo(503);
      // what needs no store goes on
      assertThat(
              slow.grpc
                  .getFeastServingInfo(GetFeastServingInfoRequest.getDefaultInstance())
                  .getVersion())
          .isNotEmpty();
    } finally {
      hanging.countDown();
    }
  }

  private static OnlineReader reader(Callable<List<Optional<FeatureRow>>> answer) {
    return new OnlineReader() {
      @Override
      public List<Optional<FeatureRow>> read(List<Read> reads) {
        try {
          return answer.call();
        } catch (InterruptedException e) {
          throw new OnlineStoreException("interrupted", e);
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {}
    };
  }
}
