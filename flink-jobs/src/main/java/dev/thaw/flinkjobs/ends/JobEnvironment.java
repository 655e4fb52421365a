package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.config.ThawConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's settings of a job, as configured. */
public final class JobEnvironment {
  /** A buffer that is not full leaves after this: latency before throughput. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(JobEnvironment.class);

  private JobEnvironment() {}

  /** An environment for the named job: of {@code flink run} there, a local one elsewhere. */
  public static StreamExecutionEnvironment of(ThawConfig config, String job) {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration(config, job));
  }

  /** Settings that hold for streaming and bounded jobs alike. */
  public static Configuration configuration(ThawConfig config, String job) {
    ThawConfig.Jobs jobs = config.jobs();
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.NAME, job);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, jobs.parallelism());
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    flink.set(StateBackendOptions.STATE_BACKEND, jobs.stateBackend());
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, jobs.checkpointInterval());
    flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        Checkpoints.folder(config.home(), job).toUri().toString());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(200));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    return flink;
  }

  /**
   * Lets the job go on from its newest complete checkpoint, if there is one. That checkpoint goes
   * when a newer one of the job has taken its place, as its own would. State of operators that the
   * job has no more, such as that of a view that was removed, is left behind; Flink's log names
   * them.
   */
  public static Configuration resumed(Configuration flink, ThawConfig config, String job) {
    Configuration resumed = new Configuration(flink);
    Checkpoints.newest(config.home(), job)
        .ifPresent(
            path -> {
              resumed.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
              resumed.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
              resumed.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
              LOG.info("job {} goes on from {}", job, path);
            });
    return resumed;
  }
}
