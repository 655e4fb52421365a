package dev.thaw.launcher.commands;

import dev.thaw.evaluation.abtest.AbReport;
import dev.thaw.evaluation.abtest.AbTables;
import dev.thaw.evaluation.abtest.AbTest;
import dev.thaw.evaluation.abtest.ArmNames;
import dev.thaw.evaluation.abtest.Arms;
import dev.thaw.evaluation.abtest.Guardrail;
import dev.thaw.evaluation.abtest.Metric;
import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.launcher.evaluate.LetterFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw experiment report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "How configurations differ, over users, by inference that holds however often this is run",
      "while the log grows. Options must stay the same from the first run on."
    })
public final class ExperimentReportCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Mixin ThawLogOptions log = new ThawLogOptions();

  @Option(
      names = "--experiment",
      description =
          "compare the configurations of this experiment, as serving assigned users to them"
              + " (default: by --arm)")
  @Nullable String experiment;

  @Option(
      names = "--config",
      description = "thaw.yaml with the experiment: its configurations and their shares")
  @Nullable Path config;

  @Option(
      names = "--arm",
      description =
          "NAME=VERSION, a configuration version as impressions name it; repeated for each, the"
              + " same name for versions that are one arm (default: each version is an arm)")
  List<String> arms = List.of();

  @Option(
      names = "--control",
      description =
          "arm that the others are compared with (default: the first --arm or configured one, else"
              + " the one with most impressions)")
  @Nullable String control;

  @Option(
      names = "--shares",
      split = ",",
      description = "of users that the arms should have, as A=0.5,B=0.5 (default: equal)")
  Map<String, Double> shares = Map.of();

  @Option(
      names = "--metric",
      defaultValue = "click-rate",
      description =
          "that decides: click-rate (of items), success-rate (of requests), rewards-per-request,"
              + " rewards-per-user, requests-per-user (default: ${DEFAULT-VALUE})")
  String metric = "click-rate";

  @Option(
      names = "--guardrail",
      description = "METRIC:MARGIN, must not fall by more than the margin; may be repeated")
  List<String> guardrails = List.of();

  @Option(
      names = "--least-effect",
      description = "rise of the metric that is worth a change; below it: keep (default: not said)")
  @Nullable Double leastEffect;

  @Option(
      names = "--user-window",
      defaultValue = "P1D",
      description =
          "in which a user is measured, from the first impression on (default: ${DEFAULT-VALUE})")
  Duration userWindow = Duration.ofDays(1);

  @Option(
      names = "--alpha",
      defaultValue = "0.05",
      description = "chance of any false alarm, ever (default: ${DEFAULT-VALUE})")
  double alpha;

  @Option(
      names = "--narrowest-at",
      defaultValue = "5000",
      description =
          "users of both arms at which sequences are narrowest (default: ${DEFAULT-VALUE})")
  int narrowestAt;

  @Option(
      names = "--resamples",
      defaultValue = "1000",
      description = "of the bootstrap (default: ${DEFAULT-VALUE})")
  int resamples;

  @Mixin FigureOptions figures = new FigureOptions();

  @Override
  public Integer call() throws IOException {
    if (!log.isGiven()) {
      throw new IllegalArgumentException("--impressions and --events must be given");
    }
    if (experiment == null && config != null) {
      throw new IllegalArgumentException("--config needs --experiment");
    }
    if (experiment != null && !arms.isEmpty()) {
      throw new IllegalArgumentException(
          "--arm must be left out with --experiment, whose configurations are the arms");
    }
    if (config != null && !shares.isEmpty()) {
      throw new IllegalArgumentException("--shares must be left out with --config, which has them");
    }
    AbTest test =
        new AbTest(
            Metric.labelled(metric),
            guardrails.stream().map(Guardrail::parse).toList(),
            leastEffect,
            alpha,
            narrowestAt,
            userWindow,
            resamples,
            figures.seed);
    try (LetterFile bad = new LetterFile(log.letters())) {
      JoinedLog joined =
          log.reader("experiment", Instant.now(), bad).read(log.impressions(), log.events());
      say(joined, bad);
      if (joined.impressions().isEmpty()) {
        throw new IllegalStateException(
            log.impressions() + " holds no impression of " + log.domain + "; " + bad.first());
      }
      AbReport report = test.of(joined, arms(joined), names());
      AbTables.print(report, console());
      figures.write(List.of(report));
      return bad.count() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
    }
  }

  private ArmNames names() {
    return experiment == null ? ArmNames.versions() : ArmNames.configurationsOf(experiment);
  }

  private Arms arms(JoinedLog joined) {
    if (experiment != null && config != null) {
      return Arms.of(ConfiguredExperiment.read(config, experiment), Optional.ofNullable(control));
    }
    Map<String, Long> impressions =
        joined.impressions().stream()
            .flatMap(each -> names().of(each.impression()).stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return Arms.of(arms, shares, Optional.ofNullable(control), impressions);
  }

  private void say(JoinedLog joined, LetterFile bad) {
    JoinedLog.Counts counts = joined.counts();
    console()
        .printf(
            "%,d impressions (%,d of other domains)%n",
            counts.impressions(), counts.otherDomains());
    log.sayEvents(counts, bad, console());
  }

  private PrintWriter console() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
