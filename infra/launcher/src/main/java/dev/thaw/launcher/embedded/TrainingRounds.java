package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status;
import dev.thaw.flinkjobs.entry.Announcements;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.LaterErasures;
import dev.thaw.flinkjobs.entry.TrainingJobs;
import dev.thaw.flinkjobs.training.SetPublication;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.Producer;

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
    LaterErasures erasures = new LaterErasures(config, name);
    erasures.begin();
    for (Job job : TrainingJobs.of(settings, config.serving().askedMethods())) {
      try (Progress.Task task = progress.begin(job.name(), 0)) {
        flink.await(flink.submit(job.name(), job.build(config)).id());
      }
    }
    erasures.repeat(producer);
    SetPublication publication = SetPublication.in(config.artefacts());
    Announcements announcements = new Announcements(config, producer);
    ArtefactManifest set = publication.publish(name, clock.instant());
    announcements.announce(set, Status.ANNOUNCED, clock.instant());
    prepared.run();
    try (VectorIndexes indexes = VectorIndexFactory.open(config.index())) {
      publication.activate(set, indexes);
      announcements.announce(set, Status.ACTIVE, clock.instant());
      publication.retire(
          indexes, InstantSource.system().instant(), SetPublication.grace(config.jobs()));
    }
    progress.say(
        "artefact set " + set.version() + " serves, with " + set.objects().size() + " models");
  }
}
