package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** One job on a Flink of its own, which a test stops and starts as an operator would. */
final class RunningJob implements AutoCloseable {
  private final String folder;
  private final JobClient client;
  private boolean stopped;

  private RunningJob(Job job, ThawConfig config, JobClient client) {
    this.folder = config.home().resolve("checkpoints").resolve(job.name()).toUri().toString();
    this.client = client;
  }

  /** Topics of one partition and jobs of one task, whose state is small. */
  static ThawConfig onePartition(ThawConfig config, EmbeddedKafka kafka, Duration checkpoints) {
    return config
        .withKafka(new KafkaConfig(kafka.bootstrapServers(), "thaw", 1))
        .withJobs(
            config
                .jobs()
                .withParallelism(1)
                .withStateBackend("hashmap")
                .withCheckpointInterval(checkpoints));
  }

  /** From the first event on. */
  static RunningJob fresh(Job job, ThawConfig config) throws Exception {
    return new RunningJob(job, config, job.build(config).executeAsync(job.name()));
  }

  /** From its newest savepoint or retained checkpoint. */
  static RunningJob resumed(Job job, ThawConfig config) throws Exception {
    return new RunningJob(job, config, job.resume(config).executeAsync(job.name()));
  }

  boolean runs() throws Exception {
    return client.getJobStatus().get(1, TimeUnit.MINUTES) == JobStatus.RUNNING;
  }

  void stopWithSavepoint() throws Exception {
    stopped = true;
    client
        .stopWithSavepoint(false, folder + "/saved", SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);
  }

  @Override
  public void close() throws Exception {
    if (!stopped) {
      client.cancel().get(1, TimeUnit.MINUTES);
    }
  }
}
