package dev.thaw.launcher.commands;

import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.evaluation.offpolicy.logs.JoinedLogReader;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.launcher.evaluate.LetterFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that read Thaw's own log. */
final class ThawLogOptions {
  @Option(names = "--impressions", description = "JSON lines, as serving logs them; with --events")
  @Nullable Path impressions;

  @Option(names = "--events", description = "JSON lines; those that name a request are rewards")
  @Nullable Path events;

  @Option(names = "--domains", description = "domains.yaml (default: the shipped one)")
  @Nullable Path domains;

  @Option(
      names = "--domain",
      defaultValue = "movies",
      description = "whose impressions are read (default: ${DEFAULT-VALUE})")
  String domain = "movies";

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description = "one of the domain's rewards (default: the first, that the bandit learns by)")
  @Nullable String reward;

  @Option(
      names = "--reward-window",
      defaultValue = "PT30M",
      description =
          "how long a reward may follow its impression where domains.yaml does not say"
              + " (default: ${DEFAULT-VALUE})")
  Duration rewardWindow = Duration.ofMinutes(30);

  @Option(
      names = "--clock-skew",
      defaultValue = "PT5M",
      description = "how long it may come before it, by clocks (default: ${DEFAULT-VALUE})")
  Duration clockSkew = Duration.ofMinutes(5);

  @Option(
      names = "--rejected",
      description = "file for what can't be used (default: IMPRESSIONS.rejected.jsonl)")
  @Nullable Path rejected;

  /** Whether a log is asked for. */
  boolean isGiven() {
    if ((impressions == null) != (events == null)) {
      throw new IllegalArgumentException("--impressions and --events must be given together");
    }
    return impressions != null;
  }

  Path impressions() {
    return Objects.requireNonNull(impressions);
  }

  Path events() {
    return Objects.requireNonNull(events);
  }

  /** Where what can't be used goes. */
  Path letters() {
    Path shown = impressions();
    return rejected == null
        ? shown.resolveSibling(shown.getFileName() + ".rejected.jsonl")
        : rejected;
  }

  /**
   * @param command who reads
   */
  JoinedLogReader reader(String command, Instant now, LetterFile bad) throws IOException {
    DomainDefinitions all = definitions();
    DomainDefinition own = domain(all);
    return new JoinedLogReader(
        command,
        all,
        own,
        reward == null ? own.reward() : own.reward(reward),
        rewardWindow,
        clockSkew,
        now,
        bad::add);
  }

  /**
   * What the bandit learns by.
   *
   * @throws IllegalArgumentException if another reward was asked for
   */
  RewardDefinition learnedReward() {
    RewardDefinition learned = domain(definitions()).reward();
    if (reward != null && !reward.equals(learned.name())) {
      throw new IllegalArgumentException(
          "--reward must be the one that the bandit learns by, %s, was %s"
              .formatted(learned.name(), reward));
    }
    return learned;
  }

  private DomainDefinitions definitions() {
    return domains == null ? DomainDefinitions.shipped() : DomainDefinitions.load(domains);
  }

  private DomainDefinition domain(DomainDefinitions all) {
    return all.named(domain)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--domain must be one of " + all.known() + ", was " + domain));
  }

  void sayEvents(JoinedLog.Counts counts, LetterFile bad, PrintWriter out) {
    out.printf(
        "%,d events (%,d repeated, %,d without a request or of other domains)%n",
        counts.events(), counts.duplicates(), counts.unrelated());
    if (bad.count() > 0) {
      out.printf(
          "%,d could not be used, see %s; the first: %s%n", bad.count(), letters(), bad.first());
    }
  }
}
