package dev.thaw.launcher.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.ends.TopicPartitions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicPartitionsTest {
  @TempDir Path folder;

  private ThawConfig promising(String servers, int partitions) {
    return ThawConfig.embedded(folder).withKafka(new KafkaConfig(servers, "thaw", partitions));
  }

  @Test
  void aJobThatWouldReadWithMoreTasksThanThereArePartitionsIsRefused() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      String servers = kafka.bootstrapServers();
      assertThatThrownBy(() -> TopicPartitions.require(promising(servers, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("topic thaw.events must exist at " + servers);

      TopicSettings.create(admin, promising(servers, 2).kafka().topics(), 2);
      TopicPartitions.require(promising(servers, 2));
      TopicPartitions.require(promising(servers, 1));
      assertThatThrownBy(() -> TopicPartitions.require(promising(servers, 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("kafka.partitions must be at most the 2 that topic thaw.events has, was 4");
    }
  }
}
