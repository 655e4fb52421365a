package dev.thaw.launcher.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the cluster says of its jobs, over its REST API. */
final class FlinkJobs {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpCalls http;
  private final URI cluster;
  private final Set<String> wanted;

  /**
   * @param wanted names of the jobs that are to run
   */
  FlinkJobs(HttpCalls http, URI cluster, List<String> wanted) {
    this.http = http;
    this.cluster = cluster;
    this.wanted = Set.copyOf(wanted);
  }

  /**
   * Whether every job runs and has completed a checkpoint that began later than this. A job whose
   * TaskManager was killed is said to run until that is noticed; a checkpoint it can't complete.
   */
  boolean runAndKeepSince(Instant since) {
    try {
      Set<String> well = new HashSet<>();
      for (JsonNode job : ask("/jobs/overview").path("jobs")) {
        if (job.path("state").asText().equals("RUNNING")
            && keptSince(job.path("jid").asText(), since)) {
          well.add(job.path("name").asText());
        }
      }
      return well.containsAll(wanted);
    } catch (IOException e) {
      return false;
    }
  }

  /** How many jobs have restarted later than this. */
  int restartedSince(Instant since) throws IOException {
    int restarted = 0;
    for (JsonNode job : ask("/jobs/overview").path("jobs")) {
      JsonNode details = ask("/jobs/" + job.path("jid").asText());
      if (details.at("/timestamps/RESTARTING").asLong() >= since.toEpochMilli()) {
        restarted++;
      }
    }
    return restarted;
  }

  /** Processes whose slots are all free; their names begin the ids they have in the cluster. */
  Set<String> idleTaskManagers() throws IOException {
    Set<String> idle = new HashSet<>();
    for (JsonNode each : ask("/taskmanagers").path("taskmanagers")) {
      if (each.path("freeSlots").asInt() == each.path("slotsNumber").asInt()) {
        String id = each.path("id").asText();
        idle.add(id.substring(0, Math.max(0, id.lastIndexOf('-'))));
      }
    }
    return idle;
  }

  private boolean keptSince(String job, Instant since) throws IOException {
    for (JsonNode vertex : ask("/jobs/" + job).path("vertices")) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    JsonNode kept = ask("/jobs/" + job + "/checkpoints").at("/latest/completed/trigger_timestamp");
    return kept.asLong() > since.toEpochMilli();
  }

  private JsonNode ask(String path) throws IOException {
    HttpCalls.Answer answer = http.get(cluster.resolve(path), PATIENCE);
    if (!answer.isOk()) {
      throw new IOException(path + " answered " + answer.status());
    }
    return answer.json();
  }
}
