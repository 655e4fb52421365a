package dev.thaw.flinkjobs.featurelog;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.Collected;
import dev.thaw.flinkjobs.coalescing.Coalescing;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job {@code user-features} with the ends of the configuration, Kafka aside. */
final class LoggedRun {
  final Feed<Event> events = Feed.ofEvents();
  final Feed<Erasure> erasures = Feed.ofErasures();
  private final JobClient job;

  private LoggedRun(ThawConfig config) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1, JobEnvironment.configuration(config, UserFeatures.JOB));
    new UserFeatures(
            config.features(),
            config.domains(),
            config.jobs().lateness(),
            new Pace(
                Coalescing.within(config.jobs().flushInterval()).results(),
                config.jobs().featureLog() != null))
        .build(
            events.in(env, StreamTypes.EVENT),
            erasures.in(env, StreamTypes.ERASURE),
            env.fromData(0)
                .<Change<ItemVector>>flatMap((zero, out) -> {})
                .returns(Change.type(StreamTypes.ITEM_VECTOR)),
            new JobEnds(config, env, UserFeatures.JOB, opener(config)).toStore(),
            new Collected<>());
    job = env.executeAsync();
  }

  static LoggedRun start(ThawConfig config) throws Exception {
    return new LoggedRun(config);
  }

  private static StoreOpener opener(ThawConfig config) {
    String type = config.store().type();
    String location = config.store().location();
    List<FeatureView> views = config.features().views();
    return () -> OnlineStores.open(new ThawConfig.Store(type, location, "thaw"), views);
  }

  /** Ends event time, and waits for the job. */
  void finish() throws Exception {
    events.end();
    erasures.end();
    job.getJobExecutionResult().get(2, TimeUnit.MINUTES);
  }
}
