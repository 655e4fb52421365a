package dev.thaw.launcher.bench;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.embedded.Closing;
import dev.thaw.launcher.embedded.EmbeddedServer;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.serving.ServerParts;
import dev.thaw.serving.ServerTuning;
import dev.thaw.serving.ThawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A server on embedded stores, its broker and a planted world in them, as the jobs would have left
 * it. The server has one more service, which reads the request and answers always the same.
 */
final class ServedWorld implements AutoCloseable {
  static final String CONSTANT = "/bench/constant";

  /** About as long as an answer with ten items. */
  private static final int CONSTANT_BYTES = 1_800;

  final PlantedWorld world;
  final TrainedWorld trained;
  final ServerParts parts;
  final ThawServer server;
  private final Closing closing;

  private ServedWorld(
      PlantedWorld world,
      TrainedWorld trained,
      ServerParts parts,
      ThawServer server,
      Closing closing) {
    this.world = world;
    this.trained = trained;
    this.parts = parts;
    this.server = server;
    this.closing = closing;
  }

  static ServedWorld start(BenchContext context, String name) throws IOException {
    return start(context, name, tuning -> tuning);
  }

  /**
   * @param tuned the server's from that of its configuration
   */
  static ServedWorld start(BenchContext context, String name, UnaryOperator<ServerTuning> tuned)
      throws IOException {
    Closing closing = new Closing();
    try {
      Path home = context.folder(name);
      EmbeddedKafka kafka = closing.add(EmbeddedKafka.start(home.resolve("kafka"), 0));
      ThawConfig config = configuration(home, kafka);
      PlantedWorld world = new PlantedWorld(context.items(), context.seed());
      Instant now = InstantSource.system().instant();
      try (Progress.Task task = context.progress().begin("catalogue", context.items())) {
        publish(config, world, now, task);
      }
      ServerParts parts = EmbeddedServer.parts(config, InstantSource.system(), closing);
      TrainedWorld trained = new TrainedWorld(world, config, parts, context, now);
      trained.store();
      ServerParts withConstant =
          parts
              .with(parts.clocks(), tuned.apply(parts.tuning()))
              .withExtension(ServedWorld::addConstant);
      ThawServer server = closing.add(EmbeddedServer.start(withConstant));
      return new ServedWorld(world, trained, parts, server, closing);
    } catch (RuntimeException | IOException e) {
      closing.close();
      throw e;
    }
  }

  private static ThawConfig configuration(Path home, EmbeddedKafka kafka) {
    ThawConfig embedded = ThawConfig.embedded(home);
    return embedded
        .withKafka(embedded.kafka().withBootstrapServers(kafka.bootstrapServers()))
        .withServing(embedded.serving().withAddress("127.0.0.1", 0));
  }

  private static void publish(
      ThawConfig config, PlantedWorld world, Instant now, Progress.Task task) {
    Map<String, Object> broker = config.kafka().client(Map.of("linger.ms", 5));
    WireFormat<CatalogueItem> format = WireFormats.items(config.domains(), WireLimits.DEFAULT);
    try (Admin admin = Admin.create(broker);
        var producer =
            new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicSettings.create(admin, config.kafka().topics(), config.kafka().partitions());
      for (int i = 0; i < world.items(); i++) {
        CatalogueItem item = world.record(i, now);
        byte[] key = item.itemId().value().getBytes(StandardCharsets.UTF_8);
        var unused =
            producer.send(
                new ProducerRecord<>(config.kafka().topics().items(), key, format.write(item)));
        task.at(i);
      }
      producer.flush();
    }
  }

  private static void addConstant(ServerBuilder builder) {
    HttpData body = HttpData.ofUtf8("{\"constant\":\"" + "x".repeat(CONSTANT_BYTES - 15) + "\"}");
    builder.service(
        CONSTANT,
        (context, request) ->
            HttpResponse.of(
                request
                    .aggregate()
                    .thenApply(read -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, body))));
  }

  @Override
  public void close() {
    closing.close();
  }
}
