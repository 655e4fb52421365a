package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.launcher.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicsCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void createsWhatIsMissingAndRefusesMoreReplicasThanBrokers() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
      Path config = config(kafka.bootstrapServers());
      assertThat(run("topics", "--config", config.toString(), "--replicas", "3")).isEqualTo(1);
      assertThat(err.toString()).contains("topics could not be created", "replication factor");

      assertThat(run("topics", "--config", config.toString())).as(err.toString()).isZero();
      assertThat(run("topics", "--config", config.toString())).as("once more").isZero();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        assertThat(admin.listTopics().names().get()).hasSize(9).contains("mine.events");
        assertThat(
                admin
                    .describeTopics(List.of("mine.events"))
                    .allTopicNames()
                    .get()
                    .get("mine.events")
                    .partitions())
            .hasSize(3);
      }
    }
  }

  @Test
  void anEmbeddedBrokerIsAnError() throws IOException {
    Path config = Files.writeString(folder.resolve("thaw.yaml"), "version: 1\n");
    assertThat(run("topics", "--config", config.toString())).isNotZero();
    assertThat(err.toString()).contains("bootstrap_servers", "embedded");
  }

  private Path config(String brokers) throws IOException {
    return Files.writeString(
        folder.resolve("thaw.yaml"),
        "version: 1\nkafka: {bootstrap_servers: \"%s\", topic_prefix: mine, partitions: 3}\n"
            .formatted(brokers));
  }

  private int run(String... arguments) {
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
