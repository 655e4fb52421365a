package dev.thaw.launcher.commands;

import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.Estimators;
import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.FirstOfRanking;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.OffPolicyTables;
import dev.thaw.evaluation.offpolicy.coverage.CoverageRow;
import dev.thaw.evaluation.offpolicy.coverage.CoverageStudy;
import dev.thaw.evaluation.offpolicy.coverage.CoverageTables;
import dev.thaw.evaluation.offpolicy.logs.OpenBanditLog;
import dev.thaw.evaluation.offpolicy.logs.ThawLog;
import dev.thaw.evaluation.offpolicy.logs.ThawLogReader;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.LetterFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw off-policy}. */
@Command(
    name = "off-policy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What another policy would have earned, from the log of the one that ran: estimates with",
      "intervals, and whether the log can answer at all. Of one of: Thaw's own log (--impressions,",
      "--events), Open Bandit data (--open-bandit), worlds whose values are known (--coverage)."
    })
public final class OffPolicyCommand implements Callable<Integer> {
  /** Rewards are 1 or none. */
  private static final double MAX_REWARD = 1;

  @Spec @Nullable CommandSpec spec;

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
      names = "--reward-window",
      defaultValue = "PT30M",
      description = "how long a reward may follow its impression (default: ${DEFAULT-VALUE})")
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

  @Option(
      names = "--open-bandit",
      description = "folder in the layout of the Open Bandit Dataset: POLICY/CAMPAIGN/CAMPAIGN.csv")
  @Nullable Path openBandit;

  @Option(names = "--campaign", split = ",", description = "of it (default: men,women)")
  List<String> campaigns = List.of("men", "women");

  @Option(names = "--logged", defaultValue = "bts", description = "default: ${DEFAULT-VALUE}")
  String logged = "bts";

  @Option(
      names = "--policy",
      defaultValue = "random",
      description =
          "what is evaluated, with a log of its own there: random is uniform over the items, any"
              + " other the frequency of items by position in that log, an approximation (default:"
              + " ${DEFAULT-VALUE})")
  String policy = "random";

  @Option(
      names = "--clip",
      description = "most that a weight of clipped IPS is (default: root of the number of rounds)")
  @Nullable Double clip;

  @Option(
      names = "--tau",
      description =
          "weight above which switch-DR trusts its model (default: that of the smallest bound on"
              + " the error)")
  @Nullable Double tau;

  @Option(
      names = "--coverage",
      description = "draw logs of known worlds and count how often intervals cover")
  boolean coverage;

  @Option(names = "--world", split = ",", description = "of --coverage (default: all)")
  List<String> worlds = List.of();

  @Option(
      names = "--repetitions",
      defaultValue = "1000",
      description = "of --coverage, for each world (default: ${DEFAULT-VALUE})")
  int repetitions;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "of it (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--resamples",
      defaultValue = "1000",
      description = "of the bootstrap (default: ${DEFAULT-VALUE})")
  int resamples;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    if ((impressions == null) != (events == null)) {
      throw new IllegalArgumentException("--impressions and --events must be given together");
    }
    int asked = (impressions == null ? 0 : 1) + (openBandit == null ? 0 : 1) + (coverage ? 1 : 0);
    if (asked != 1) {
      throw new IllegalArgumentException(
          "one of --impressions, --open-bandit and --coverage must be given, were " + asked);
    }
    if (coverage) {
      return covered();
    }
    return openBandit == null
        ? ofThaw(Objects.requireNonNull(impressions), Objects.requireNonNull(events))
        : ofOpenBandit(openBandit);
  }

  private int ofThaw(Path impressionFile, Path eventFile) throws IOException {
    DomainDefinitions all =
        domains == null ? DomainDefinitions.shipped() : DomainDefinitions.load(domains);
    DomainDefinition own =
        all.named(domain)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--domain must be one of " + all.known() + ", was " + domain));
    Path letters =
        rejected == null
            ? impressionFile.resolveSibling(impressionFile.getFileName() + ".rejected.jsonl")
            : rejected;
    try (LetterFile bad = new LetterFile(letters)) {
      ThawLog log =
          new ThawLogReader(all, own, rewardWindow, clockSkew, Instant.now(), bad::add)
              .read(impressionFile, eventFile);
      say(log, bad, letters);
      if (log.rounds().isEmpty()) {
        throw new IllegalStateException(
            impressionFile + " holds no settled answer of the bandit; " + bad.first());
      }
      List<OffPolicyResult> results = new ArrayList<>();
      for (EvaluationPolicy each : List.of(DrawnInOrder.uniform(), new FirstOfRanking())) {
        results.add(
            evaluation()
                .of(impressionFile.getFileName().toString(), log.rounds(), each, Optional.empty()));
      }
      show(results);
      return bad.count() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
    }
  }

  private void say(ThawLog log, LetterFile bad, Path letters) {
    PrintWriter out = console();
    ThawLog.Counts counts = log.counts();
    out.printf(
        "%,d rounds of %,d impressions (%,d without a drawn slot, %,d with a reward window that ends"
            + " after the log, %,d of other domains, %,d unusable)%n",
        log.rounds().size(),
        counts.impressions(),
        counts.undrawn(),
        counts.open(),
        counts.otherDomains(),
        counts.unusable());
    out.printf(
        "%,d events (%,d repeated, %,d without a request or of other domains)%n",
        counts.events(), counts.duplicates(), counts.unrelated());
    if (bad.count() > 0) {
      out.printf(
          "%,d could not be used, see %s; the first: %s%n", bad.count(), letters, bad.first());
    }
  }

  private int ofOpenBandit(Path folder) throws IOException {
    List<OffPolicyResult> results = new ArrayList<>();
    for (String campaign : campaigns) {
      OpenBanditLog log = OpenBanditLog.read(folder, logged, campaign);
      OpenBanditLog own = OpenBanditLog.read(folder, policy, campaign);
      EvaluationPolicy evaluated =
          policy.equals("random") ? DrawnInOrder.uniform() : own.itemFrequencies();
      results.add(evaluation().of(log.name(), log.rounds(), evaluated, Optional.of(own.rounds())));
    }
    show(results);
    return ExitCodes.OK;
  }

  private OffPolicyEvaluation evaluation() {
    return new OffPolicyEvaluation(new Estimators(MAX_REWARD, clip, tau), resamples, seed);
  }

  private void show(List<OffPolicyResult> results) throws IOException {
    for (OffPolicyResult each : results) {
      OffPolicyTables.print(each, console());
    }
    write(results);
  }

  private int covered() throws IOException {
    CoverageStudy study = new CoverageStudy(repetitions, resamples, seed, threads);
    Progress progress = Progress.onStandardError();
    List<CoverageRow> all = new ArrayList<>();
    for (String world : worlds.isEmpty() ? CoverageStudy.worlds() : worlds) {
      try (Progress.Task task = progress.begin(world, repetitions)) {
        List<CoverageRow> rows = study.of(world, task::at);
        CoverageTables.print(rows, repetitions, console());
        all.addAll(rows);
      }
      // after each world: what was measured is kept whatever becomes of the next one
      write(all);
    }
    return ExitCodes.OK;
  }

  private void write(List<?> figures) throws IOException {
    if (json != null) {
      Tables.writeJson(figures, json);
    }
  }

  private PrintWriter console() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
