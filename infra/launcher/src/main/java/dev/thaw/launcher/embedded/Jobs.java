package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.armposteriors.ArmPosteriors;
import dev.thaw.flinkjobs.encodeitems.ContentIndexSink;
import dev.thaw.flinkjobs.encodeitems.EncodeItems;
import dev.thaw.flinkjobs.encodeitems.IndexOpener;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.itemstatistics.ItemStatistics;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import dev.thaw.flinkjobs.userprofiles.UserProfiles;
import dev.thaw.models.encoder.Encoders;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The jobs that run as long as an installation does, and how any job is built. */
final class Jobs {
  /** Popularity and posteriors leave at most this often. */
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private final ThawConfig config;

  Jobs(ThawConfig config) {
    this.config = config;
  }

  /** A job by its name; a bounded one ends by itself. */
  record Job(String name, boolean bounded, BiConsumer<ThawConfig, JobEnds> build) {}

  StreamExecutionEnvironment build(Job job) {
    Configuration settings = JobEnvironment.configuration(config, job.name());
    if (job.bounded()) {
      // its caller waits for it and has to hear why it failed
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    job.build().accept(config, new JobEnds(config, environment, job.name(), storeOpener(config)));
    return environment;
  }

  /** Tasks open the store where they run, by values that travel. */
  private static StoreOpener storeOpener(ThawConfig config) {
    ThawConfig.Store store = config.store();
    String type = store.type();
    String location = store.location();
    String project = store.project();
    String features = config.featuresFile() == null ? "" : config.featuresFile().toString();
    return () ->
        OnlineStores.open(
            new ThawConfig.Store(type, location, project),
            (features.isEmpty()
                    ? FeatureDefinitions.shipped()
                    : FeatureDefinitions.load(Path.of(features)))
                .views());
  }

  /** Those that run as long as the installation does. */
  List<Job> streaming() {
    return List.of(
        new Job(
            UserFeatures.JOB,
            false,
            (config, ends) ->
                new UserFeatures(
                        config.features(),
                        config.domains(),
                        config.jobs().lateness(),
                        config.jobs().flushInterval())
                    .build(
                        ends.events(), ends.itemVectors(), ends.toStore(), ends.toDeadLetters())),
        new Job(
            UserProfiles.NAME,
            false,
            (config, ends) -> UserProfiles.build(ends.profiles(), ends.toStore())),
        new Job(EncodeItems.NAME, false, this::encodeItems),
        new Job(
            ItemStatistics.JOB,
            false,
            (config, ends) ->
                new ItemStatistics(
                        config.features(), config.domains(), config.jobs().lateness(), REFRESH)
                    .build(
                        ends.events(),
                        ends.impressions(),
                        ends.userSegments(),
                        ends.toStore(),
                        ends.toItemFlags(),
                        ends.toDeadLetters())),
        new Job(
            ArmPosteriors.JOB,
            false,
            (config, ends) ->
                new ArmPosteriors(
                        config.features(),
                        config.domains(),
                        config.jobs().rewardWindow(),
                        config.jobs().lateness(),
                        REFRESH)
                    .build(
                        ends.events(), ends.impressions(), ends.toStore(), ends.toDeadLetters())));
  }

  private void encodeItems(ThawConfig config, JobEnds ends) {
    String model = config.encoder().model();
    int batch = config.encoder().batchSize();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    EncodeItems.build(
        ends.items(),
        ends.itemFlags(),
        () -> Encoders.ofItems(Encoders.openText(model, batch, threads)),
        batch,
        new EncodeItems.Sinks(
            new ContentIndexSink(indexOpener(config), config.jobs().flushInterval()),
            ends.toStore(),
            ends.toItemVectors()));
  }

  static IndexOpener indexOpener(ThawConfig config) {
    String type = config.index().type();
    String location = config.index().location();
    return () -> VectorIndexFactory.open(new ThawConfig.Index(type, location));
  }
}
