package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.trainfactors.TrainFactors;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import dev.thaw.flinkjobs.userprofiles.UserProfiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Every job of an installation, ready to be built on an environment. */
final class Jobs {
  private static final long SEED = 1;
  private static final String REVISION = "embedded";

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
            (config, ends) -> UserProfiles.build(ends.profiles(), ends.toStore())));
  }

  /** What the jobs of one training run share. */
  TrainingSettings newRun(Instant now) {
    String run = now.toString().replace(':', '-');
    return TrainingSettings.of(config, run, SEED, REVISION);
  }

  /** Bounded ones, in the order in which they need each other's results. */
  List<Job> training(TrainingSettings settings) {
    return List.of(
        new Job(
            TrainFactors.NAME,
            true,
            (config, ends) ->
                TrainFactors.build(ends.upToNow().events(), settings)
                    .sinkTo(new DiscardingSink<>())));
  }
}
