package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class IndexCommandTest {
  private static final VectorSpace SPACE = new VectorSpace("content", "v1", 2, Metric.COSINE);

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine thaw = Thaw.commandLine();
    thaw.setOut(new PrintWriter(out, true));
    thaw.setErr(new PrintWriter(err, true));
    return thaw.execute(arguments);
  }

  @Test
  void verifyEndsWithOneWhereSomethingDiffersAndWithZeroWhenItIsMended() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
      Path file = folder.resolve("thaw.yaml");
      Files.writeString(
          file,
          "version: 1\nhome: home\nkafka:\n  bootstrap_servers: "
              + kafka.bootstrapServers()
              + "\n");
      ThawConfig config = ThawConfig.load(file, Map.of());
      announce(config, "m1");
      store(config, "m1");
      try (var indexes = VectorIndexFactory.open(config.index())) {
        indexes.openOrCreate(SPACE);
        indexes.activate(SPACE);
      }

      assertThat(run("index", "verify", "--config", file.toString())).isEqualTo(1);
      assertThat(out.toString())
          .contains("content@v1: 1 items, 1 differ")
          .contains("1 in the catalogue, not in the index, such as [m1]");
      assertThat(run("index", "verify", "--config", file.toString(), "--domain", "books")).isZero();
      assertThat(run("index", "verify", "--config", file.toString(), "--repair")).isZero();
      assertThat(out.toString()).contains("1 mended");
      assertThat(run("index", "verify", "--config", file.toString())).isZero();
      assertThat(out.toString()).contains("content@v1: 1 items, 0 differ");

      assertThat(run("index", "verify", "--config", file.toString(), "--domain", "cars"))
          .isEqualTo(2);
      assertThat(err.toString()).contains("\"cars\"").contains("movies");
    }
  }

  private static void announce(ThawConfig config, String id) throws Exception {
    Map<String, Object> broker =
        Map.of("bootstrap.servers", config.kafka().bootstrapServers(), "acks", "all");
    try (Admin admin = Admin.create(broker);
        var producer =
            new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicSettings.create(admin, config.kafka().topics(), config.kafka().partitions());
      String item =
          "{\"item_id\":\"%s\",\"domain\":\"movies\",\"title\":\"Heat\",\"description\":\"\","
              + "\"categories\":[],\"attributes\":{},\"available\":true,"
              + "\"time\":\"2026-01-01T00:00:00Z\"}";
      producer
          .send(
              new ProducerRecord<>(
                  config.kafka().topics().items(),
                  id.getBytes(StandardCharsets.UTF_8),
                  item.formatted(id).getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static void store(ThawConfig config, String id) {
    try (var store = OnlineStores.open(config.store(), config.features().views())) {
      store.write(
          "item_content",
          List.of(
              new FeatureRow(
                  EntityKey.of("item_id", id),
                  Map.of(
                      "vector", FeatureValue.Float32s.copyOf(new float[] {0, 1}),
                      "space", new FeatureValue.Text(SPACE.key()),
                      "content_hash", new FeatureValue.Text("hash")),
                  Instant.parse("2026-01-01T00:00:00Z"))));
    }
  }
}
