package dev.thaw.launcher.commands;

import dev.thaw.evaluation.offpolicy.Estimators;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.logs.DrawnLog;
import dev.thaw.evaluation.offpolicy.logs.ThawLogReader;
import dev.thaw.evaluation.replay.Replay;
import dev.thaw.evaluation.replay.ReplayResult;
import dev.thaw.evaluation.replay.ReplayTables;
import dev.thaw.evaluation.replay.check.ReplayCheckTables;
import dev.thaw.evaluation.replay.check.ReplayRow;
import dev.thaw.evaluation.replay.check.ReplayScenario;
import dev.thaw.evaluation.replay.check.ReplayStudy;
import dev.thaw.evaluation.runs.SeededRuns;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.LetterFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What a configuration of serving would have earned, from the log of another: its chances are",
      "rebuilt for each logged decision, on what the log had taught by then. Ends with 1 where the",
      "log can't say (not identifiable). With --check, how often that is right in known worlds."
    })
public final class ReplayCommand implements Callable<Integer> {
  /** Rewards are 1 or none. */
  private static final double MAX_REWARD = 1;

  @Spec @Nullable CommandSpec spec;

  @Mixin ThawLogOptions log = new ThawLogOptions();

  @Mixin ReplayedOptions replayed = new ReplayedOptions();

  @Option(names = "--check", description = "replay logs of known worlds and count errors")
  boolean check;

  @Option(
      names = "--logs",
      defaultValue = "200",
      description = "of --check, for each pair of policies (default: ${DEFAULT-VALUE})")
  int logs;

  @Option(
      names = "--answers",
      defaultValue = "4000",
      description = "of each of these (default: ${DEFAULT-VALUE})")
  int answers;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "of --check (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--resamples",
      defaultValue = "1000",
      description = "of the bootstrap (default: ${DEFAULT-VALUE})")
  int resamples;

  @Mixin FigureOptions figures = new FigureOptions();

  @Override
  public Integer call() throws IOException {
    if (log.isGiven() == check) {
      throw new IllegalArgumentException("one of --impressions and --check must be given");
    }
    return check ? checked() : replayed();
  }

  private int replayed() throws IOException {
    ReplayedOptions.Pair pair = replayed.pair();
    try (LetterFile bad = new LetterFile(log.letters())) {
      DrawnLog drawn =
          new ThawLogReader(log.reader("replay", Instant.now(), bad))
              .drawn(log.impressions(), log.events());
      log.sayEvents(drawn.whole().counts(), bad, console());
      OffPolicyEvaluation evaluation =
          new OffPolicyEvaluation(Estimators.of(MAX_REWARD), resamples, figures.seed);
      ReplayResult result =
          new Replay(pair.logged(), pair.asked(), log.learnedReward(), evaluation, figures.seed)
              .of(log.impressions().getFileName().toString(), drawn);
      ReplayTables.print(result, console());
      figures.write(List.of(result));
      if (!result.isIdentifiable()) {
        return ExitCodes.FAILED;
      }
      return bad.count() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
    }
  }

  private int checked() throws IOException {
    ReplayStudy study =
        new ReplayStudy(new SeededRuns(logs, figures.seed, threads), answers, resamples);
    Progress progress = Progress.onStandardError();
    List<ReplayRow> rows = new ArrayList<>();
    for (ReplayScenario each : ReplayScenario.all()) {
      try (Progress.Task task = progress.begin(each.name(), logs)) {
        rows.addAll(study.of(each, task::at));
      }
    }
    console().print("\n" + ReplayCheckTables.of(rows, study).text());
    console().flush();
    figures.write(rows);
    return ExitCodes.OK;
  }

  private PrintWriter console() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
