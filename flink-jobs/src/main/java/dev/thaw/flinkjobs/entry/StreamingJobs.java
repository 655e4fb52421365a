package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.adaptusers.AdaptUsers;
import dev.thaw.flinkjobs.armposteriors.ArmPosteriors;
import dev.thaw.flinkjobs.coalescing.Coalescing;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.encodeitems.EncodeItems;
import dev.thaw.flinkjobs.encodeitems.ItemIndexSink;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.foldinusers.FoldInUsers;
import dev.thaw.flinkjobs.itemstatistics.ItemStatistics;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import dev.thaw.flinkjobs.userprofiles.UserProfiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The jobs that run as long as an installation does. */
public final class StreamingJobs {
  /** Popularity and posteriors leave at most this often. */
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private StreamingJobs() {}

  /** Those that an installation with this configuration has use for. */
  public static List<Job> of(ThawConfig config) {
    List<Job> jobs = new ArrayList<>(all());
    if (config.serving().askedMethods().asksForLayers()) {
      jobs.add(adaptUsers());
    }
    return jobs;
  }

  /** Those that every installation runs. */
  public static List<Job> all() {
    return List.of(
        userFeatures(ViewChoice.ALL),
        foldInUsers(),
        userProfiles(),
        encodeItems(),
        itemStatistics(),
        armPosteriors());
  }

  /** How long results of a key may wait before they go on; a feature log misses no version. */
  private static Pace results(ThawConfig config) {
    return new Pace(
        Coalescing.within(config.jobs().flushInterval()).results(),
        config.jobs().featureLog() != null);
  }

  public static Job userFeatures(ViewChoice choice) {
    return new Job(
        choice.jobName(UserFeatures.JOB),
        false,
        (config, ends) -> {
          JobEnds.UserEvents users = ends.userEvents();
          new UserFeatures(
                  config.features(), config.domains(), config.jobs().lateness(), results(config))
              .withViews(choice.among(UserFeatures.views(config.features())))
              .build(
                  users.events(),
                  users.erasures(),
                  ends.itemVectors(),
                  ends.toStore(),
                  ends.toDeadLetters());
        });
  }

  public static Job foldInUsers() {
    return new Job(
        FoldInUsers.JOB,
        false,
        (config, ends) -> {
          JobEnds.UserEvents users = ends.userEvents();
          new FoldInUsers(
                  config.features(), config.domains(), config.jobs().lateness(), results(config))
              .build(
                  users.events(),
                  users.erasures(),
                  ends.announcements(),
                  ends.toStore(),
                  ends.toDeadLetters());
        });
  }

  public static Job adaptUsers() {
    return new Job(
        AdaptUsers.JOB,
        false,
        (config, ends) -> {
          JobEnds.UserEvents users = ends.userEvents();
          new AdaptUsers(
                  config.features(), config.domains(), config.jobs().lateness(), results(config))
              .build(
                  users.events(),
                  users.erasures(),
                  ends.profiles(),
                  ends.announcements(),
                  ends.toStore(),
                  ends.toDeadLetters());
        });
  }

  public static Job userProfiles() {
    return new Job(
        UserProfiles.NAME,
        false,
        (config, ends) -> UserProfiles.build(ends.profiles(), ends.toStore()));
  }

  public static Job encodeItems() {
    return new Job(EncodeItems.NAME, false, StreamingJobs::encodeItems);
  }

  private static void encodeItems(ThawConfig config, JobEnds ends) {
    EncodeItems.build(
        ends.items(),
        ends.itemFlags(),
        ends.announcements(),
        Openers.encoder(config),
        Openers.store(config),
        WireFormats.items(config.domains(), WireLimits.DEFAULT),
        config.encoder().batchSize(),
        new EncodeItems.Sinks(
            new ItemIndexSink(
                Openers.indexes(config),
                config.artefacts(),
                config.domains(),
                config.jobs().flushInterval().dividedBy(2)),
            ends.toStore(),
            ends.toItemVectors(),
            ends.toDeadLetters()));
  }

  public static Job itemStatistics() {
    return new Job(
        ItemStatistics.JOB,
        false,
        (config, ends) -> {
          JobEnds.UserEvents users = ends.userEvents();
          new ItemStatistics(config.features(), config.domains(), config.jobs().lateness(), REFRESH)
              .build(
                  users.events(),
                  users.erasures(),
                  ends.impressions(),
                  ends.userSegments(),
                  ends.toStore(),
                  ends.toItemFlags(),
                  ends.toDeadLetters());
        });
  }

  public static Job armPosteriors() {
    return new Job(
        ArmPosteriors.JOB,
        false,
        (config, ends) -> {
          JobEnds.UserEvents users = ends.userEvents();
          new ArmPosteriors(
                  config.features(),
                  config.domains(),
                  config.jobs().rewardWindow(),
                  config.jobs().lateness(),
                  REFRESH)
              .build(
                  users.events(),
                  users.erasures(),
                  ends.impressions(),
                  ends.toStore(),
                  ends.toDeadLetters());
        });
  }
}
