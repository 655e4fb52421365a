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
