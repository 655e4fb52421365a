package dev.thaw.flinkjobs.ends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.Collected;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobEnvironmentTest {
  private static final String JOB = "views";

  @TempDir Path home;

  /** Counts what came; keyed by the one key there is. */
  private static final class Count extends KeyedProcessFunction<String, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      ValueState<Long> state =
          getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      Long before = state.value();
      state.update(before == null ? 1L : before + 1);
      out.collect(state.value());
    }
  }

  /** A job with one operator a view, and where each counts to. */
  private void views(
      StreamExecutionEnvironment env, long numbers, Collected<Long> counts, String... views) {
    for (String view : views) {
      env.fromSequence(1, numbers)
          .uid("numbers-" + view + numbers)
          .keyBy(number -> "one", Types.STRING)
          .process(new Count(), Types.LONG)
          .uid("rolling-" + view)
          .sinkTo(counts)
          .uid("store-" + view);
    }
  }

  private static StreamExecutionEnvironment environment(Configuration settings) {
    return StreamExecutionEnvironment.createLocalEnvironment(1, settings);
  }

  @Test
  void aJobGoesOnWithoutAViewThatWasRemovedAndTheOthersKeepWhatTheyKnow() throws Exception {
    ThawConfig embedded = ThawConfig.embedded(home);
    ThawConfig config =
        embedded.withJobs(embedded.jobs().withParallelism(1).withStateBackend("hashmap"));
    Configuration settings = JobEnvironment.configuration(config, JOB);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(10));
    StreamExecutionEnvironment first = environment(settings);
    views(first, Long.MAX_VALUE - 1, new Collected<>(), "kept", "removed");
    JobClient running = first.executeAsync(JOB);
    while (Checkpoints.newest(home, JOB).isEmpty()) {
      LockSupport.parkNanos(10_000_000);
    }
    running.cancel().get();

    StreamExecutionEnvironment second =
        environment(JobEnvironment.resumed(JobEnvironment.configuration(config, JOB), config, JOB));
    Collected<Long> counts = new Collected<>();
    views(second, 1, counts, "kept");
    second.execute(JOB);
    assertThat(counts.all()).singleElement().matches(count -> count > 1);
  }
}
