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
import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.evaluation.offpolicy.logs.OpenBanditLog;
import dev.thaw.evaluation.offpolicy.logs.ThawLog;
import dev.thaw.evaluation.offpolicy.logs.ThawLogReader;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.LetterFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin ThawLogOptions log = new ThawLogOptions();

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

  @Mixin FigureOptions figures = new FigureOptions();

  @Override
  public Integer call() throws IOException {
    int asked = (log.isGiven() ? 1 : 0) + (openBandit == null ? 0 : 1) + (coverage ? 1 : 0);
    if (asked != 1) {
      throw new IllegalArgumentException(
          "one of --impressions, --open-bandit and --coverage must be given, were " + asked);
    }
    if (coverage) {
      return covered();
    }
    return openBandit == null ? ofThaw() : ofOpenBandit(openBandit);
  }

  private int ofThaw() throws IOException {
    Path shown = log.impressions();
    try (LetterFile bad = new LetterFile(log.letters())) {
      ThawLog read =
          new ThawLogReader(log.reader("off-policy", Instant.now(), bad)).read(shown, log.events());
      say(read, bad);
      if (read.rounds().isEmpty()) {
        throw new IllegalStateException(
            read.unsupported() > 0
                ? shown
                    + " can't be reweighted: all of its "
                    + read.unsupported()
                    + " settled answers of the bandit are of a policy that leaves arms without a"
                    + " chance ("
                    + Impression.UNSUPPORTED
                    + ")"
                : shown + " holds no settled answer of the bandit; " + bad.first());
      }
      List<OffPolicyResult> results = new ArrayList<>();
      for (EvaluationPolicy each : List.of(DrawnInOrder.uniform(), new FirstOfRanking())) {
        results.add(
            evaluation().of(shown.getFileName().toString(), read.rounds(), each, Optional.empty()));
      }
      show(results);
      return bad.count() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
    }
  }

  private void say(ThawLog read, LetterFile bad) {
    JoinedLog.Counts counts = read.counts();
    console()
        .printf(
            "%,d rounds of %,d impressions (%,d without a drawn slot, %,d with a reward window that"
                + " ends after the log, %,d of a policy that leaves arms without a chance, %,d of"
                + " other domains, %,d unusable)%n",
            read.rounds().size(),
            counts.impressions(),
            read.undrawn(),
            read.open(),
            read.unsupported(),
            counts.otherDomains(),
            read.unusable());
    log.sayEvents(counts, bad, console());
  }

  private int ofOpenBandit(Path folder) throws IOException {
    List<OffPolicyResult> results = new ArrayList<>();
    for (String campaign : campaigns) {
      OpenBanditLog shown = OpenBanditLog.read(folder, logged, campaign);
      OpenBanditLog own = OpenBanditLog.read(folder, policy, campaign);
      EvaluationPolicy evaluated =
          policy.equals("random") ? DrawnInOrder.uniform() : own.itemFrequencies();
      results.add(
          evaluation().of(shown.name(), shown.rounds(), evaluated, Optional.of(own.rounds())));
    }
    show(results);
    return ExitCodes.OK;
  }

  private OffPolicyEvaluation evaluation() {
    return new OffPolicyEvaluation(new Estimators(MAX_REWARD, clip, tau), resamples, figures.seed);
  }

  private void show(List<OffPolicyResult> results) throws IOException {
    for (OffPolicyResult each : results) {
      OffPolicyTables.print(each, console());
    }
    figures.write(results);
  }

  private int covered() throws IOException {
    CoverageStudy study = new CoverageStudy(repetitions, resamples, figures.seed, threads);
    Progress progress = Progress.onStandardError();
    List<CoverageRow> all = new ArrayList<>();
    for (String world : worlds.isEmpty() ? CoverageStudy.worlds() : worlds) {
      try (Progress.Task task = progress.begin(world, repetitions)) {
        List<CoverageRow> rows = study.of(world, task::at);
        CoverageTables.print(rows, repetitions, console());
        all.addAll(rows);
      }
      // after each world: what was measured is kept whatever becomes of the next one
      figures.write(all);
    }
    return ExitCodes.OK;
  }

  private PrintWriter console() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
