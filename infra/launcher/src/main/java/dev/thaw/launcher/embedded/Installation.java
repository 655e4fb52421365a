package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.flinkjobs.ends.TopicPartitions;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.Ticker;
import dev.thaw.launcher.kafka.TopicEnds;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.serving.ThawServer;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A whole Thaw in this process: broker, jobs on Flink, store, index, artefacts, server. It is
 * started through the entry points that a cluster uses, too. Not thread-safe; the server it starts
 * is.
 */
public final class Installation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration TICK = Duration.ofMillis(250);

  /** Slower on a broker that others share: ticks stay in its topics, and every server adds some. */
  private static final Duration SHARED_TICK = Duration.ofSeconds(1);

  private static final int SLOTS = 24;

  private final Closing closing = new Closing();
  private final Progress progress;
  private final ThawConfig config;
  private final Topics topics;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Ticker ticker;
  private final FlinkCluster flink;
  private final Map<String, String> topicOfGroup = new LinkedHashMap<>();

  /**
   * Starts broker and streaming jobs; in a home that was used before, all go on where they were.
   *
   * @param asked what is wanted; the broker's address is filled in if it is to be embedded
   * @throws IllegalStateException if a part can't start; what had started is stopped again
   */
  public Installation(ThawConfig asked, Progress progress) throws IOException {
    this.progress = progress;
    try (Progress.Task task = progress.begin("starting broker and jobs", 0)) {
      this.config = withBroker(asked);
      this.topics = config.kafka().topics();
      this.admin = closing.add(Admin.create(config.kafka().client(Map.of())));
      TopicSettings.create(admin, topics, config.kafka().partitions());
      TopicPartitions.require(config);
      this.producer = closing.add(producer(config.kafka()));
      this.ticker = closing.add(new Ticker(producer, topics));
      this.flink = closing.add(FlinkCluster.start(SLOTS, config.home().resolve("checkpoints")));
      for (Job job : StreamingJobs.of(config)) {
        topicOfGroup.putAll(flink.submit(job.name(), job.resume(config)).topicOfGroup());
      }
    } catch (RuntimeException | IOException e) {
      closing.close();
      throw e;
    }
  }

  private ThawConfig withBroker(ThawConfig asked) throws IOException {
    if (!asked.kafka().isEmbedded()) {
      return asked;
    }
    EmbeddedKafka kafka = closing.add(EmbeddedKafka.start(asked.home().resolve("kafka"), 0));
    return asked.withKafka(asked.kafka().withBootstrapServers(kafka.bootstrapServers()));
  }

  /** A producer whose records are acknowledged by all replicas; a failed one says so when sent. */
  public static KafkaProducer<byte[], byte[]> producer(KafkaConfig kafka) {
    return new KafkaProducer<>(
        kafka.client(
            Map.of(
                "acks",
                "all",
                "linger.ms",
                5,
                "compression.type",
                "lz4",
                "batch.size",
                128 * 1024,
                "max.request.size",
                TopicSettings.MAX_MESSAGE_BYTES)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** The configuration with the addresses that are really used. */
  public ThawConfig config() {
    return config;
  }

  /**
   * Loads a data folder into the topics and waits until the jobs have worked it off. The events
   * come when the items' vectors are there: an event does not wait for the vector of its item, and
   * the features made of vectors would lack it.
   *
   * @throws IllegalStateException if the folder holds no usable event
   */
  public Loaded load(DataFolder folder, Instant now, Witness witness) throws IOException {
    TopicLoader.Loaded loaded =
        new TopicLoader(producer, topics, ticker, progress, Duration.ZERO)
            .load(folder, config.domains(), now, witness, this::awaitVectors);
    progress.say(
        "loaded %,d items, %,d users, %,d events"
            .formatted(loaded.items(), loaded.users(), loaded.events()));
    if (loaded.rejected() > 0) {
      progress.say(
          "%,d lines could not be used, see the topic %s"
              .formatted(loaded.rejected(), topics.deadLetters()));
    }
    awaitJobs("features and statistics");
    return new Loaded(loaded.end(), loaded.rejected());
  }

  /** Puts what other topics of the same partitions hold into these, see {@link TopicReplay}. */
  public void replay(KafkaConfig from, List<Instant> calms) {
    new TopicReplay(from, producer, topics, this::awaitVectors, this::awaitJobs).run(calms);
  }

  /**
   * What was loaded.
   *
   * @param end time of the last event
   * @param rejected lines that went to the dead letters
   */
  public record Loaded(Instant end, long rejected) {}

  /** Sees what is loaded. */
  public interface Witness extends TopicLoader.Witness {}

  /** Ticks from now on by this clock. */
  public void keepTime(InstantSource clock) {
    ticker.start(TICK, clock);
  }

  /**
   * Trains everything on what the topics hold, publishes the set, waits until the jobs have made
   * users and items ready for it, and lets it serve.
   */
  public void train(InstantSource clock) {
    new TrainingRounds(config, flink, producer, progress)
        .run(clock, () -> awaitJobs("users under the new factors"));
  }

  /** Whether there is a set that can serve, as after an earlier run in this home. */
  public boolean isTrained() {
    return ArtefactStore.open(config.artefacts()).current().isPresent();
  }

  /** Lets the jobs keep where they are, so that the next run goes on from here. */
  public void checkpoint() {
    flink.checkpoint();
  }

  private void awaitVectors() {
    awaitJobs("vectors of items", Set.of(topics.items()));
    awaitJobs("their way to the features", Set.of(topics.itemVectors()));
  }

  private void awaitJobs(String what) {
    awaitJobs(what, Set.copyOf(topicOfGroup.values()));
  }

  private void awaitJobs(String what, Set<String> read) {
    Map<String, String> readers = new LinkedHashMap<>(topicOfGroup);
    readers.values().retainAll(read);
    new TopicLag(admin, ticker::wake, progress)
        .awaitCommitted(what, TopicEnds.of(admin, read), readers, PATIENCE, flink::failure);
  }

  /**
   * Starts only the server, on the broker, store, index and artefacts of the configuration. It
   * tells the jobs the time by this clock, as they have none of their own.
   *
   * @return closes the server and what it uses
   * @throws IllegalArgumentException if the configuration wants a broker of its own
   */
  public static Served serveAlone(ThawConfig config, InstantSource clock) {
    return serveAlone(config, clock, true);
  }

  /**
   * As {@link #serveAlone(ThawConfig, InstantSource)}.
   *
   * @param ticks whether it tells the jobs the time
   */
  public static Served serveAlone(ThawConfig config, InstantSource clock, boolean ticks) {
    requireBroker(config);
    Closing closing = new Closing();
    try {
      if (ticks) {
        keepTime(config, clock, closing);
      }
      return new Served(closing.add(EmbeddedServer.start(config, clock, closing)).uri(), closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /**
   * Only tells the jobs on the configured broker the time by this clock, until closed.
   *
   * @throws IllegalArgumentException if the configuration wants a broker of its own, or the topics
   *     are missing
   */
  public static AutoCloseable keepTimeAlone(ThawConfig config, InstantSource clock) {
    requireBroker(config);
    TopicPartitions.require(config);
    Closing closing = new Closing();
    keepTime(config, clock, closing);
    return closing;
  }

  private static void keepTime(ThawConfig config, InstantSource clock, Closing closing) {
    var producer = closing.add(producer(config.kafka()));
    closing.add(new Ticker(producer, config.kafka().topics())).start(SHARED_TICK, clock);
  }

  /** A server by itself. */
  public record Served(URI uri, AutoCloseable parts) {}

  /**
   * Trains once on what the topics of the configured broker hold, and lets the set serve.
   *
   * @throws IllegalArgumentException if the configuration wants a broker of its own
   */
  public static void trainAlone(ThawConfig config, InstantSource clock, Progress progress) {
    requireBroker(config);
    // at once and not after the first trainings: an index in Lucene's folders takes one process
    try (var unused = VectorIndexFactory.open(config.index());
        var producer = producer(config.kafka());
        FlinkCluster flink = FlinkCluster.start(SLOTS, config.home().resolve("checkpoints"))) {
      new TrainingRounds(config, flink, producer, progress).run(clock, () -> {});
    }
  }

  /**
   * @throws IllegalArgumentException if the configuration wants a broker of its own
   */
  public static void requireBroker(ThawConfig config) {
    if (config.kafka().isEmbedded()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap_servers must name a broker, was \"embedded\"; thaw run and thaw demo"
              + " start every part in one process");
    }
  }

  /** Starts the server; it is ready when this returns. */
  public URI serve(InstantSource clock) {
    ThawServer server = closing.add(EmbeddedServer.start(config, clock, closing));
    return server.uri();
  }

  @Override
  public void close() {
    closing.close();
  }
}
