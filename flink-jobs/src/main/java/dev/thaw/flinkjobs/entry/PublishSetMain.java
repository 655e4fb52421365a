package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status;
import dev.thaw.flinkjobs.training.SetPublication;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Entry point of {@code publish-set}, no Flink job: repeats what was erased during a training run,
 * makes its models one set, announces it, gives the jobs time to prepare for it, lets it serve, and
 * retires old ones.
 */
@Command(
    name = "publish-set",
    mixinStandardHelpOptions = true,
    description = "Makes the models of a training run one set and lets it serve.")
public final class PublishSetMain implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--run", required = true, description = "name of the training run")
  private String run = "";

  @Option(
      names = "--prepare-seconds",
      defaultValue = "30",
      description =
          "time for the jobs to fold users in before it serves (default: ${DEFAULT-VALUE})")
  private long prepareSeconds;

  private PublishSetMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.execute("publish-set", new PublishSetMain(), arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    ThawConfig thaw = config.withBroker();
    InstantSource clock = InstantSource.system();
    SetPublication publication = SetPublication.in(thaw.artefacts());
    try (var producer = producer(thaw);
        VectorIndexes indexes = VectorIndexFactory.open(thaw.index())) {
      new LaterErasures(thaw, run).repeat(producer);
      Announcements announcements = new Announcements(thaw, producer);
      ArtefactManifest set = publication.publish(run, clock.instant());
      announcements.announce(set, Status.ANNOUNCED, clock.instant());
      Thread.sleep(Duration.ofSeconds(prepareSeconds).toMillis());
      publication.activate(set, indexes);
      announcements.announce(set, Status.ACTIVE, clock.instant());
      System.out.println("set " + set.version() + " serves");
      publication
          .retire(indexes, clock.instant(), SetPublication.grace(thaw.jobs()))
          .forEach(removed -> System.out.println("removed " + removed));
    }
    return 0;
  }

  private static KafkaProducer<byte[], byte[]> producer(ThawConfig config) {
    return new KafkaProducer<>(
        config.kafka().client(Map.of("acks", "all")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
