package dev.thaw.serving;

import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.serving.api.GrpcApi;
import dev.thaw.serving.api.GrpcStatuses;
import dev.thaw.serving.api.HttpApi;
import dev.thaw.serving.api.JsonErrorHandler;
import dev.thaw.serving.api.Limits;
import dev.thaw.serving.api.OpenApi;
import dev.thaw.serving.api.PostsApi;
import dev.thaw.serving.api.ServingMethods;
import dev.thaw.serving.metrics.ErrorCounts;
import dev.thaw.serving.security.AdminServer;
import dev.thaw.serving.security.Bodies;
import dev.thaw.serving.security.Guard;
import dev.thaw.serving.security.Listening;
import io.grpc.Metadata;
import io.grpc.Status;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the server answers on its port, and on that of the operators where there is one. */
final class Endpoints {
  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Server server;
  private final @Nullable AdminServer admin;
  private final Listening listening;
  private final String host;

  Endpoints(
      ServerParts parts,
      Listening listening,
      ServingMethods methods,
      Limits limits,
      Readiness readiness,
      PrometheusMeterRegistry metrics) {
    ServingConfig config = parts.config().serving();
    SecurityConfig security = parts.config().security();
    this.listening = listening;
    this.host = config.host();
    Function<HttpService, HttpService> guard = Guard.of(security, parts.clocks().nanos(), metrics);
    Function<HttpService, HttpService> bodies =
        Bodies.of(limits.readBodyBytes(), limits.heldBodyBytes());
    ServerBuilder builder =
        listening
            .on(config.host(), config.port(), Server.builder())
            .maxRequestLength(limits.bodyBytes())
            .requestTimeout(limits.longestDeadline().plus(PATIENCE))
            .gracefulShutdownTimeout(QUIET, PATIENCE)
            .meterRegistry(metrics)
            .annotatedService(new PostsApi(methods, limits), bodies)
            .annotatedService()
            .maxRequestLength(limits.readBodyBytes())
            .build(new HttpApi(methods, limits))
            .service(
                GrpcService.builder()
                    .addService(new GrpcApi(methods, limits))
                    .maxRequestMessageLength(Math.toIntExact(limits.bodyBytes()))
                    .exceptionHandler(Endpoints::statusOfBusyServer)
                    .build(),
                bodies)
            .service("/openapi.json", OpenApi.service());
    if (security.isOpen()) {
      // a page to call methods by hand, which has no keys
      builder.serviceUnder("/docs", new DocService());
    }
    SecurityConfig.Admin own = security.admin();
    if (own == null) {
      operators(builder, readiness, metrics, guard, security.isOpen());
      this.admin = null;
    } else {
      probes(builder, readiness, metrics, guard, false);
      this.admin =
          AdminServer.of(
              own, listening, operators(Server.builder(), readiness, metrics, guard, true));
    }
    parts.extension().accept(builder);
    this.server = builder.build();
  }

  /** Of a request whose body found no room; null leaves it as it is. */
  private static @Nullable Status statusOfBusyServer(
      RequestContext context, Status status, Throwable cause, Metadata metadata) {
    return cause instanceof RejectedExecutionException ? GrpcStatuses.of(cause) : null;
  }

  private static ServerBuilder operators(
      ServerBuilder builder,
      Readiness readiness,
      PrometheusMeterRegistry metrics,
      Function<HttpService, HttpService> guard,
      boolean inDetail) {
    return probes(builder, readiness, metrics, guard, inDetail)
        .service("/metrics", PrometheusExpositionService.of(metrics.getPrometheusRegistry()));
  }

  private static ServerBuilder probes(
      ServerBuilder builder,
      Readiness readiness,
      PrometheusMeterRegistry metrics,
      Function<HttpService, HttpService> guard,
      boolean inDetail) {
    return builder
        .service("/healthz", (context, request) -> readiness.health())
        .service(
            "/readyz",
            (context, request) -> inDetail ? readiness.readyInDetail() : readiness.ready())
        .decorator(service -> new ErrorCounts(guard.apply(service), metrics))
        .errorHandler(new JsonErrorHandler());
  }

  void start() {
    if (admin != null) {
      admin.start();
    }
    server.start().join();
  }

  int port() {
    return server.activeLocalPort();
  }

  URI uri() {
    return listening.uri(host, port());
  }

  URI adminUri() {
    return admin == null ? uri() : admin.uri();
  }

  /** Those of the callers first: how that went can be read until the end. */
  void stop() {
    server.stop().join();
    if (admin != null) {
      admin.close();
    }
  }
}
