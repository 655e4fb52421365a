package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.flinkjobs.entry.PublishSetMain;
import dev.thaw.flinkjobs.entry.TrainBridgeMain;
import dev.thaw.flinkjobs.entry.TrainFactorsMain;
import dev.thaw.flinkjobs.entry.TrainProjectionMain;
import dev.thaw.flinkjobs.entry.TrainRoutingMain;
import dev.thaw.flinkjobs.entry.TrainSegmentsMain;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.Ticker;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training round beside a broker, by the entry points that {@code flink run -c} takes. */
class EntryPointsTest {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorldConfig WORLD =
      new WorldConfig(5, END, Duration.ofDays(30), 250, 2, 2, 60, 30, 4);

  @TempDir Path home;

  @Test
  void aRoundOfTrainingMakesASetAndAnnouncesIt() throws Exception {
    DataFolder folder = world();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0)) {
      Path file = config(kafka, folder);
      ThawConfig config = ThawConfig.load(file, Map.of());
      load(config, folder);

      String[] round = {"--config", file.toString(), "--run", "first", "--revision", "test"};
      TrainFactorsMain.main(round);
      TrainBridgeMain.main(round);
      TrainProjectionMain.main(round);
      TrainSegmentsMain.main(round);
      TrainRoutingMain.main(round);
      ArtefactStore store = ArtefactStore.open(config.artefacts());
      assertThat(store.current()).as("nothing serves before the set is whole").isEmpty();
      PublishSetMain.main(
          new String[] {"--config", file.toString(), "--run", "first", "--prepare-seconds", "0"});

      ArtefactSet set = store.load(store.current().orElseThrow());
      List<ArtefactAnnouncement> announced = announcements(config);
      assertThat(announced)
          .extracting(ArtefactAnnouncement::setVersion)
          .containsExactly(set.version(), set.version());
      assertThat(announced)
          .extracting(ArtefactAnnouncement::status)
          .containsExactly(
              ArtefactAnnouncement.Status.ANNOUNCED, ArtefactAnnouncement.Status.ACTIVE);
      try (VectorIndexes indexes = VectorIndexFactory.open(config.index())) {
        for (DomainDefinition domain : config.domains().all()) {
          assertThat(set.factors(domain.name())).isPresent();
          assertThat(set.segments(domain.name())).isPresent();
          String space = FactorModel.spaceName(domain.name());
          assertThat(indexes.active(space).orElseThrow().space().modelVersion())
              .isEqualTo(set.indexVersion(space).orElseThrow());
        }
      }
    }
  }

  private DataFolder world() throws IOException {
    try (DataFolderWriter writer = DataFolderWriter.open(home.resolve("world"), false)) {
      World.generate(WORLD).write(writer, WORLD);
    }
    return DataFolder.open(home.resolve("world"));
  }

  private Path config(EmbeddedKafka kafka, DataFolder folder) throws IOException {
    return Files.writeString(
        home.resolve("thaw.yaml"),
        """
        version: 1
        home: thaw
        kafka: {bootstrap_servers: "%s"}
        domains: %s
        jobs: {parameters: {train-factors.rank: "4", train-factors.distributed: "true"}}
        """
            .formatted(kafka.bootstrapServers(), folder.domains()));
  }

  private static void load(ThawConfig config, DataFolder folder) throws Exception {
    try (Admin admin = Admin.create(broker(config));
        var producer = Installation.producer(config.kafka());
        Ticker ticker = new Ticker(producer, config.kafka().topics())) {
      TopicSettings.create(admin, config.kafka().topics(), config.kafka().partitions());
      new TopicLoader(producer, config.kafka().topics(), ticker, Progress.silent(), Duration.ZERO)
          .load(folder, config.domains(), END, new Nobody(), () -> {});
    }
  }

  private static Map<String, Object> broker(ThawConfig config) {
    return Map.of("bootstrap.servers", config.kafka().bootstrapServers());
  }

  private static List<ArtefactAnnouncement> announcements(ThawConfig config) {
    List<ArtefactAnnouncement> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            broker(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(config.kafka().topics().artefacts(), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).get(only);
      while (consumer.position(only) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record ->
                    found.add(
                        WireFormats.artefactAnnouncements()
                            .read(record.value(), Instant.MAX)
                            .orElseThrow()));
      }
    }
    return found;
  }

  private static final class Nobody implements TopicLoader.Witness {
    @Override
    public void item(CatalogueItem item) {}

    @Override
    public void event(Event event) {}
  }
}
