package dev.thaw.serving.featureserver;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.serving.api.JsonErrorHandler;
import dev.thaw.serving.api.StatusBody;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import dev.thaw.serving.metrics.ErrorCounts;
import dev.thaw.serving.security.Guard;
import dev.thaw.serving.security.Listening;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * Serves online features to Feast's clients, over gRPC and HTTP on one port. Whoever opened the
 * store closes it, after the server. Thread-safe.
 */
public final class FeatureServer implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String VERSION = "thaw 0.1.0";

  private final Server server;
  private final Listening listening;
  private final String host;
  private final Dependency dependency;
  private final ScheduledThreadPoolExecutor timer;
  private final SettableHealthChecker healthy = new SettableHealthChecker(true);

  private FeatureServer(
      FeatureServerConfig config,
      SecurityConfig security,
      Supplier<Served> served,
      InstantSource clock,
      FeatureLimits limits,
      BreakerSettings breaker) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.listening = Listening.of(security);
    this.host = config.host();
    this.timer = timer();
    this.dependency = new Dependency("feature-store", breaker, timer, System::nanoTime, metrics);
    OnlineFeatures features = new OnlineFeatures(served, dependency, limits, clock, metrics);
    var guard = Guard.of(security, System::nanoTime, metrics);
    this.server =
        listening
            .on(config.host(), config.port(), Server.builder())
            .maxRequestLength(limits.bodyBytes())
            .requestTimeout(limits.deadline().plus(PATIENCE))
            .gracefulShutdownTimeout(QUIET, PATIENCE)
            .meterRegistry(metrics)
            .annotatedService(new FeatureHttpApi(features, limits))
            .service(
                GrpcService.builder()
                    .addService(new FeatureGrpcApi(features, limits, VERSION))
                    .addService(ProtoReflectionServiceV1.newInstance())
                    .enableHealthCheckService(true)
                    .maxRequestMessageLength(limits.bodyBytes())
                    .build())
            .service("/health", (context, request) -> health(true))
            .service("/healthz", (context, request) -> health(true))
            .service("/readyz", (context, request) -> health(healthy.isHealthy()))
            .service("/metrics", PrometheusExpositionService.of(metrics.getPrometheusRegistry()))
            .decorator(service -> new ErrorCounts(guard.apply(service), metrics))
            .errorHandler(new JsonErrorHandler())
            .build();
  }

  /** With the usual bounds, and without keys. */
  public static FeatureServer start(
      FeatureServerConfig config, ServedFeatures known, OnlineReader store, InstantSource clock) {
    return start(
        config,
        SecurityConfig.OPEN,
        () -> new Served(known, store),
        clock,
        FeatureLimits.DEFAULT,
        BreakerSettings.defaults());
  }

  /**
   * @param served asked once by every request
   * @param clock against which rows grow old
   * @throws IllegalArgumentException if it would listen beyond loopback without any key, or files
   *     of its TLS can't be used
   */
  public static FeatureServer start(
      FeatureServerConfig config,
      SecurityConfig security,
      Supplier<Served> served,
      InstantSource clock,
      FeatureLimits limits,
      BreakerSettings breaker) {
    security.requireKeysBeyondLoopback("feature_server.host", config.host());
    FeatureServer started = new FeatureServer(config, security, served, clock, limits, breaker);
    started.server.start().join();
    return started;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static HttpResponse health(boolean good) {
    return HttpResponse.of(
        good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        MediaType.JSON,
        StatusBody.of(good ? "ok" : "stopping", Map.of()));
  }

  public int port() {
    return server.activeLocalPort();
  }

  /** Where it listens. */
  public URI uri() {
    return listening.uri(host, port());
  }

  @Override
  public void close() {
    healthy.setHealthy(false);
    server.stop().join();
    timer.shutdownNow();
    dependency.close();
  }
}
