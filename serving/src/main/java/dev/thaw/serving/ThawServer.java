package dev.thaw.serving;

import com.linecorp.armeria.common.HttpStatus;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.serving.api.Limits;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.impressions.ImpressionRecorder;
import dev.thaw.serving.ingest.AcceptedItems;
import dev.thaw.serving.ingest.Eraser;
import dev.thaw.serving.ingest.Ingest;
import dev.thaw.serving.ingest.RecentWrites;
import dev.thaw.serving.pipeline.Browsing;
import dev.thaw.serving.pipeline.Recommendations;
import dev.thaw.serving.pipeline.UserReports;
import dev.thaw.serving.security.Listening;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.serving.snapshot.BanditEvidence;
import dev.thaw.serving.snapshot.Snapshots;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The online server, from start to graceful stop. Answers in flight are finished and impressions
 * written before {@link #close} returns.
 */
public final class ThawServer implements AutoCloseable {
  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int WAITING_IMPRESSIONS = 20_000;
  private static final int WRITERS = 4;
  private static final int WAITING_POSTS = 256;

  private final Endpoints endpoints;
  private final Catalogue catalogue;
  private final Snapshots snapshots;
  private final ActiveSets models;
  private final ImpressionRecorder impressions;
  private final Dependency storeGuard;
  private final Dependency indexGuard;
  private final ThreadPoolExecutor writers;
  private final ScheduledThreadPoolExecutor timer;
  private final Readiness readiness;
  private final ServerParts parts;

  private ThawServer(ServerParts parts, Listening listening) {
    this.parts = parts;
    ServingConfig config = parts.config().serving();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.timer = timer();
    this.writers = writers();
    this.storeGuard =
        new Dependency(
            "feature-store", parts.tuning().storeBreaker(), timer, parts.clocks().nanos(), metrics);
    this.indexGuard =
        new Dependency(
            "vector-index", parts.tuning().indexBreaker(), timer, parts.clocks().nanos(), metrics);
    this.catalogue =
        new Catalogue(parts.domains().all().stream().map(DomainDefinition::name).toList());
    parts.feed().follow(catalogue);
    awaitCatalogue();
    this.models = parts.models().open(catalogue, parts.indexes());
    this.snapshots =
        new Snapshots(
            catalogue,
            parts.reader(),
            models::current,
            domain -> BanditEvidence.of(parts.domains().require(domain).reward(), config),
            parts.clocks().nanos(),
            parts.tuning().refreshEvery());
    this.impressions =
        new ImpressionRecorder(
            parts.log(),
            parts.config().kafka().topics().impressions(),
            WireFormats.impressions(parts.domains(), WireLimits.DEFAULT)::write,
            WAITING_IMPRESSIONS,
            config.assignments(),
            metrics);
    this.readiness = new Readiness(parts, catalogue, snapshots, models);
    Gauge.builder("thaw.bandit.repairs", snapshots, Snapshots::repairs)
        .description("arms whose linear statistics could not be inverted, back at the prior")
        .register(metrics);
    Gauge.builder("thaw.bandit.priors", snapshots, Snapshots::ofNeighbours)
        .tag("rate", "neighbours")
        .description("items with few impressions by where the rate of their prior is from")
        .register(metrics);
    Gauge.builder("thaw.bandit.priors", snapshots, Snapshots::withoutNeighbours)
        .tag("rate", "domain")
        .description("items with few impressions by where the rate of their prior is from")
        .register(metrics);
    Gauge.builder("thaw.event.log.backlog", parts.log(), log -> log.backlog()).register(metrics);
    Gauge.builder("thaw.event.log.state", parts.log(), log -> log.state().ordinal())
        .description("0 Kafka acknowledges, 1 the journal does, 2 nothing: the journal is full")
        .register(metrics);
    Limits limits = Limits.withMaxK(config.maxK());
    this.endpoints =
        new Endpoints(parts, listening, calls(config, metrics, limits), limits, readiness, metrics);
  }

  /**
   * Starts listening; ready as soon as the catalogue has caught up.
   *
   * @throws IllegalArgumentException if it would listen beyond loopback without any key, or files
   *     of its TLS can't be used
   */
  public static ThawServer start(ServerParts parts) {
    SecurityConfig security = parts.config().security();
    security.requireKeysBeyondLoopback("serving.host", parts.config().serving().host());
    ThawServer thaw = new ThawServer(parts, Listening.of(security));
    thaw.endpoints.start();
    return thaw;
  }

  /**
   * Models and ranks are made for what is in the catalogue; a feed that is away is not waited for.
   */
  private void awaitCatalogue() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!parts.feed().isCaughtUp() && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Models of the artefact sets in a folder, looked at that often. */
  public static ServerParts.ModelSource artefacts(Path folder, Duration every) {
    return (catalogue, indexes) -> ActiveSets.follow(folder, every, catalogue, indexes);
  }

  private ServingCalls calls(ServingConfig config, PrometheusMeterRegistry metrics, Limits limits) {
    AcceptedItems accepted = new AcceptedItems(parts.clocks().nanos());
    RecentWrites recents =
        new RecentWrites(parts.recents(), storeGuard, timer, RETRY_EVERY, metrics);
    Recommendations recommendations =
        new Recommendations(
            new Recommendations.Parts(
                config,
                parts.features(),
                parts.domains(),
                catalogue,
                snapshots,
                models,
                parts.reader(),
                parts.recents(),
                accepted::of,
                storeGuard,
                indexGuard,
                RoutingConfig.DEFAULT,
                parts.tuning().diversity(),
                parts.tuning().scoredWhole(),
                impressions,
                parts.tuning().requestIds(),
                parts.clocks().data(),
                parts.clocks().nanos()));
    return new ServingCalls(
        recommendations,
        new Browsing(
            catalogue,
            snapshots,
            models,
            indexGuard,
            config.deadline(),
            config.methods().asksForEvidence()),
        new UserReports(recommendations),
        new Ingest(
            parts.domains(),
            parts.config().kafka().topics(),
            catalogue,
            parts.feed(),
            parts.log(),
            recents,
            accepted,
            parts.clocks().data(),
            parts.clocks().wall(),
            writers,
            metrics,
            limits.errorsShown()),
        new Eraser(
            parts.domains(),
            parts.features(),
            parts.config().kafka().topics(),
            parts.log(),
            parts.store(),
            parts.recents(),
            accepted,
            recents,
            parts.indexes(),
            catalogue,
            parts.clocks().data(),
            writers),
        parts.feed(),
        metrics);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> daemon(task, "deadlines"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadPoolExecutor writers() {
    return new ThreadPoolExecutor(
        WRITERS,
        WRITERS,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(WAITING_POSTS),
        task -> daemon(task, "posts"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  public int port() {
    return endpoints.port();
  }

  /** Where it listens. */
  public URI uri() {
    return endpoints.uri();
  }

  /** Where metrics and details are: a port of their own, or {@link #uri}. */
  public URI adminUri() {
    return endpoints.adminUri();
  }

  public boolean isReady() {
    return readiness.isReady();
  }

  /** The items as this server sees them. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** The artefact set that serves now. */
  public ActiveSets models() {
    return models;
  }

  /** Takes up popularity, counts and posteriors now instead of at the next interval. */
  public void refresh() {
    snapshots.refresh();
  }

  @Override
  public void close() {
    readiness.stop();
    endpoints.stop();
    impressions.close(PATIENCE);
    writers.shutdown();
    timer.shutdownNow();
    snapshots.close();
    models.close();
    storeGuard.close();
    indexGuard.close();
  }

  static HttpStatus status(boolean good) {
    return good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
  }
}
