package dev.thaw.serving.featureserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.serving.breaker.BreakerSettings;
import feast.proto.serving.ServingServiceGrpc.ServingServiceBlockingStub;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/** A feature server over a store, on a free port. */
final class FeatureServerFixture implements AutoCloseable {
  static final FeatureLimits LIMITS =
      new FeatureLimits(50, 6, 60, 16 << 10, FeatureLimits.DEFAULT.deadline());
  private static final ObjectMapper JSON = new ObjectMapper();

  final FeatureServer server;
  final ServingServiceBlockingStub grpc;
  private final BlockingWebClient http;

  FeatureServerFixture(OnlineReader store) {
    this(store, SecurityConfig.OPEN);
  }

  FeatureServerFixture(OnlineReader store, SecurityConfig security) {
    server =
        FeatureServer.start(
            new FeatureServerConfig("127.0.0.1", 0),
            security,
            () -> new Served(ServedSamples.KNOWN, store),
            InstantSource.fixed(ServedSamples.NOW),
            LIMITS,
            BreakerSettings.defaults());
    grpc = client(ServingServiceBlockingStub.class);
    http = WebClient.of(server.uri()).blocking();
  }

  <T extends AbstractStub<T>> T client(Class<T> stub) {
    return GrpcClients.newClient("gproto+" + server.uri(), stub);
  }

  /** Posts a body with apostrophes in place of quotation marks. */
  AggregatedHttpResponse post(String body) {
    return http.execute(
        RequestHeaders.builder(HttpMethod.POST, "/get-online-features")
            .contentType(MediaType.JSON)
            .build(),
        body.replace('\'', '"'));
  }

  AggregatedHttpResponse get(String path) {
    return http.get(path);
  }

  JsonNode ask(String body) {
    AggregatedHttpResponse response = post(body);
    if (response.status().code() != 200) {
      throw new AssertionError(response.status() + ": " + response.contentUtf8());
    }
    return tree(response);
  }

  static JsonNode tree(AggregatedHttpResponse response) {
    try {
      return JSON.readTree(response.content().array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
