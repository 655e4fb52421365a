package dev.thaw.flinkjobs.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The names that savepoints of running installations know. A job is resumed also where its
 * savepoint has more than it asks for, as a view may have been taken back; so an operator that gets
 * another name starts with nothing and nobody is told. Who changes one here says how its state gets
 * over.
 */
class StateNamesTest {
  /** Derived from the name of the sink. */
  private static final String OF_FLINK = "Sink Committer: ";

  @TempDir Path home;

  @Test
  void operatorsKeepTheNamesOfTheirState() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    List<Job> jobs = new ArrayList<>(StreamingJobs.all());
    jobs.add(StreamingJobs.adaptUsers());
    for (Job job : jobs) {
      names(job).forEach(name -> names.add(job.name() + " " + name));
    }
    assertThat(names).containsExactlyElementsOf(known());
  }

  private static List<String> known() throws IOException {
    try (var lines = StateNamesTest.class.getResourceAsStream("/state-names.txt")) {
      return new String(requireNonNull(lines).readAllBytes(), UTF_8).lines().toList();
    }
  }

  private Set<String> names(Job job) {
    ThawConfig embedded = ThawConfig.embedded(home);
    ThawConfig config =
        embedded
            .withKafka(new KafkaConfig("localhost:9092", "thaw", 2))
            .withJobs(embedded.jobs().withFeatureLog(home.resolve("log")));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.configuration(config, job.name()));
    job.wiring().accept(config, new JobEnds(config, env, job.name(), Openers.store(config)));
    Set<String> names = new TreeSet<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      String name = node.getTransformationUID();
      if (name == null) {
        assertThat(node.getStateKeySerializer())
            .as("%s of %s keeps state without a name", node, job.name())
            .isNull();
      } else if (!name.startsWith(OF_FLINK)) {
        assertThat(names.add(name)).as("%s names two operators of %s", name, job.name()).isTrue();
      }
    }
    return names;
  }
}
