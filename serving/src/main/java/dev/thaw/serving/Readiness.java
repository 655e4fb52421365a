package dev.thaw.serving;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.serving.api.StatusBody;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.serving.snapshot.Snapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the server is alive and whether traffic should come. */
final class Readiness {
  private final ServerParts parts;
  private final Catalogue catalogue;
  private final Snapshots snapshots;
  private final ActiveSets models;
  private volatile boolean stopping;

  Readiness(ServerParts parts, Catalogue catalogue, Snapshots snapshots, ActiveSets models) {
    this.parts = parts;
    this.catalogue = catalogue;
    this.snapshots = snapshots;
    this.models = models;
  }

  void stop() {
    stopping = true;
  }

  /** Stopping servers and those whose catalogue is incomplete are not; degraded ones are. */
  boolean isReady() {
    return !stopping && parts.feed().isCaughtUp();
  }

  HttpResponse health() {
    return HttpResponse.of(ThawServer.status(true), MediaType.JSON, StatusBody.of("ok", Map.of()));
  }

  /** For probes of whoever it may be. */
  HttpResponse ready() {
    return ready(Map.of());
  }

  HttpResponse readyInDetail() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("catalogue_items", catalogue.size());
    details.put("catalogue_caught_up", parts.feed().isCaughtUp());
    details.put("model_version", models.current().version());
    details.put("artefacts_refused", models.isRefusing());
    details.put("popularity_stale", snapshots.isStale());
    details.put("event_log", parts.log().state().name().toLowerCase(java.util.Locale.ROOT));
    details.put("event_log_backlog_bytes", parts.log().backlog());
    ExperimentConfig experiment = parts.config().serving().experiment();
    if (experiment != null) {
      Map<String, Double> shares = new LinkedHashMap<>();
      experiment.configurations().forEach(each -> shares.put(each.name(), each.share()));
      details.put("experiment", experiment.name());
      details.put("configuration_shares", shares);
    }
    return ready(details);
  }

  private HttpResponse ready(Map<String, Object> details) {
    boolean ready = isReady();
    String status = stopping ? "stopping" : ready ? "ready" : "starting";
    return HttpResponse.of(
        ThawServer.status(ready), MediaType.JSON, StatusBody.of(status, details));
  }
}
