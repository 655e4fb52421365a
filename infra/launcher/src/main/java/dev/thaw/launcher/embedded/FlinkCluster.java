package dev.thaw.launcher.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink in this process, sized for a small heap, with several jobs side by side. Thread-safe. */
final class FlinkCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkCluster.class);
  private static final MemorySize NETWORK = MemorySize.ofMebiBytes(96);
  private static final MemorySize MANAGED = MemorySize.ofMebiBytes(16);

  private static final Duration LONGEST_CHECKPOINT = Duration.ofSeconds(60);

  private final MiniCluster cluster;
  private final Map<JobID, String> names = new LinkedHashMap<>();

  private FlinkCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * @param slots tasks that can run at once; a job takes as many as its parallelism
   * @param folder for checkpoints
   */
  static FlinkCluster start(int slots, Path folder) {
    return start(slots, folder, new Configuration());
  }

  /** As the other, with settings of the caller's. */
  static FlinkCluster start(int slots, Path folder, Configuration further) {
    Configuration settings = new Configuration(further);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
    settings.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.ofMebiBytes(1).divide(64));
    settings.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toAbsolutePath().toUri().toString());
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("Flink could not start: " + e.getMessage(), e);
    }
    return new FlinkCluster(cluster);
  }

  /**
   * A job that was accepted.
   *
   * @param topicOfGroup consumer groups of its sources, and what each reads
   */
  record Submitted(JobID id, Map<String, String> topicOfGroup) {}

  /** Starts what was built on the environment. */
  Submitted submit(String name, StreamExecutionEnvironment environment) {
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(name);
    Map<String, String> topicOfGroup = ConsumerGroups.of(name, graph);
    JobID id = get(() -> cluster.submitJob(graph).get().getJobID());
    synchronized (names) {
      names.put(id, name);
    }
    return new Submitted(id, topicOfGroup);
  }

  /**
   * Waits until a bounded job has ended.
   *
   * @throws IllegalStateException with the reason if it failed
   */
  void await(JobID id) {
    JobResult result = get(() -> cluster.requestJobResult(id).get());
    synchronized (names) {
      String name = names.remove(id);
      result
          .getSerializedThrowable()
          .ifPresent(
              e -> {
                throw new IllegalStateException(
                    "job " + name + " failed", e.deserializeError(getClass().getClassLoader()));
              });
    }
  }

  /** Why one of the jobs has failed or ended, if one has; also one that Flink starts again. */
  Optional<String> failure() {
    synchronized (names) {
      for (var job : names.entrySet()) {
        AccessExecutionGraph graph = get(() -> cluster.getExecutionGraph(job.getKey()).get());
        ErrorInfo failure = graph.getFailureInfo();
        if (failure != null) {
          return Optional.of(
              "job " + job.getValue() + " failed: " + failure.getExceptionAsString());
        }
        if (graph.getState().isGloballyTerminalState()) {
          return Optional.of("job " + job.getValue() + " is " + graph.getState());
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Every job makes a checkpoint now and so commits what it has read. One that is just starting or
   * starts again makes none; who waits for a commit asks once more.
   */
  void checkpoint() {
    List<JobID> jobs;
    synchronized (names) {
      jobs = List.copyOf(names.keySet());
    }
    List<CompletableFuture<String>> taken = jobs.stream().map(cluster::triggerCheckpoint).toList();
    for (CompletableFuture<String> each : taken) {
      try {
        each.get(LONGEST_CHECKPOINT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("no checkpoint: {}", e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for checkpoints", e);
      }
    }
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      LOG.warn("Flink did not stop in order: {}", e.toString());
    }
  }

  private interface Call<T> {
    T get() throws ExecutionException, InterruptedException;
  }

  private static <T> T get(Call<T> call) {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink refused: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Flink", e);
    }
  }
}
