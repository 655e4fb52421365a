package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.kafka.Ticker;
import dev.thaw.launcher.kafka.TopicEnds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** Streaming jobs that run in another process, on a broker that both know: how far they are. */
public final class JobsElsewhere {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Admin admin;
  private final Topics topics;
  private final Map<String, String> topicOfGroup;
  private final TopicLag lag;

  /**
   * @param admin of the broker; the caller's
   * @param ticker wakes readers of silent partitions, with the time of its last tick
   */
  public JobsElsewhere(ThawConfig config, Admin admin, Ticker ticker, Progress progress) {
    Installation.requireBroker(config);
    this.admin = admin;
    this.topics = config.kafka().topics();
    this.topicOfGroup = ConsumerGroups.ofStreamingJobs(config);
    this.lag = new TopicLag(admin, ticker::wake, progress);
  }

  /** Waits until items have vectors and the jobs that need these have them. */
  public void awaitVectors() {
    await("vectors of items", Set.of(topics.items()));
    await("their way on", Set.of(topics.itemVectors()));
  }

  /**
   * Waits until everything that the topics hold now is in the stores.
   *
   * @throws IllegalStateException if jobs lag behind for fifteen minutes
   */
  public void awaitAll(String what) {
    await(what, Set.copyOf(topicOfGroup.values()));
  }

  private void await(String what, Set<String> read) {
    Map<String, String> concerned = new LinkedHashMap<>(topicOfGroup);
    concerned.values().retainAll(read);
    lag.awaitCommitted(
        what, TopicEnds.of(admin, read), concerned, PATIENCE, () -> Optional.empty());
  }
}
