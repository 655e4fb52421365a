package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.TrainingJobs;
import dev.thaw.flinkjobs.training.TrainingRun;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Runs the training jobs one after the other, then publishes, announces and activates the set. */
final class TrainingRounds {
  private static final long SEED = 1;
  private static final String REVISION = "embedded";

  private final ThawConfig config;
  private final FlinkCluster flink;
  private final Producer<byte[], byte[]> producer;
  private final Progress progress;

  TrainingRounds(
      ThawConfig config, FlinkCluster flink, Producer<byte[], byte[]> producer, Progress progress) {
    this.config = config;
    this.flink = flink;
    this.producer = producer;
    this.progress = progress;
  }

  /**
   * @param prepared returns when the streaming jobs have taken up what was announced
   * @throws IllegalStateException naming the job that failed; the active set stays
   */
  void run(InstantSource clock, Runnable prepared) {
    String name = clock.instant().toString().replace(':', '-');
    TrainingSettings settings = TrainingSettings.of(config, name, SEED, REVISION);
    for (Job job : TrainingJobs.of(settings)) {
      try (Progress.Task task = progress.begin(job.name(), 0)) {
        flink.await(flink.submit(job.name(), job.build(config)).id());
      }
    }
    ArtefactStore store = settings.openArtefacts();
    TrainingRun run = settings.openRun();
    ArtefactManifest set = store.publish(run.artefacts(), run.indexes(), clock.instant());
    announce(set, ArtefactAnnouncement.Status.ANNOUNCED, clock.instant());
    prepared.run();
    store.activate(set.version());
    announce(set, ArtefactAnnouncement.Status.ACTIVE, clock.instant());
    progress.say(
        "artefact set " + set.version() + " serves, with " + set.objects().size() + " models");
  }

  private void announce(ArtefactManifest set, ArtefactAnnouncement.Status status, Instant now) {
    byte[] value =
        WireFormats.artefactAnnouncements()
            .write(
                new ArtefactAnnouncement(
                    set.version(), config.artefacts().toString(), now, status));
    byte[] key = set.version().getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(new ProducerRecord<>(config.kafka().topics().artefacts(), key, value));
    producer.flush();
  }
}
