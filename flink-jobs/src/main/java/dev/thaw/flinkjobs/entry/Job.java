package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import java.util.function.BiConsumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job by its name; a bounded one ends by itself.
 *
 * @param wiring connects the job to its sources and sinks
 */
public record Job(String name, boolean bounded, BiConsumer<ThawConfig, JobEnds> wiring) {

  /** The job on an environment of {@code flink run} there, on a local one elsewhere. */
  public StreamExecutionEnvironment build(ThawConfig config) {
    return build(config, JobEnvironment.configuration(config, name));
  }

  /**
   * As {@link #build}; goes on from the newest complete checkpoint in the home folder if there is
   * one.
   */
  public StreamExecutionEnvironment resume(ThawConfig config) {
    return build(
        config, JobEnvironment.resumed(JobEnvironment.configuration(config, name), config, name));
  }

  private StreamExecutionEnvironment build(ThawConfig config, Configuration settings) {
    if (bounded) {
      // its caller waits for it and has to hear why it failed
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
      // it is started anew rather than resumed, and would wait for one more checkpoint at its end
      settings.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    wiring.accept(config, new JobEnds(config, environment, name, Openers.store(config)));
    return environment;
  }
}
