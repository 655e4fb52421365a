package dev.thaw.launcher.commands;

import dev.thaw.evaluation.abtest.check.ArrivingUsers;
import dev.thaw.evaluation.abtest.check.PeekingRow;
import dev.thaw.evaluation.abtest.check.PeekingStudy;
import dev.thaw.evaluation.abtest.check.PeekingTables;
import dev.thaw.evaluation.runs.SeededRuns;
import dev.thaw.launcher.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code thaw experiment check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Draws experiments whose truth is known, looks at each again and again, and counts how",
      "often the report is ever wrong. Ends with 1 if that is more often than it says."
    })
public final class ExperimentCheckCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--runs",
      defaultValue = "2000",
      description = "experiments of each kind (default: ${DEFAULT-VALUE})")
  int runs;

  @Option(
      names = "--users",
      defaultValue = "20000",
      description = "of one experiment (default: ${DEFAULT-VALUE})")
  int users;

  @Option(
      names = "--looks",
      defaultValue = "1000",
      description = "at one experiment, evenly spread (default: ${DEFAULT-VALUE})")
  int looks;

  @Option(names = "--alpha", defaultValue = "0.05", description = "default: ${DEFAULT-VALUE}")
  double alpha;

  @Option(
      names = "--narrowest-at",
      defaultValue = "5000",
      description = "as of the report (default: ${DEFAULT-VALUE})")
  int narrowestAt;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "changes nothing but the time (default: ${DEFAULT-VALUE})")
  int threads;

  @Mixin FigureOptions figures = new FigureOptions();

  @Override
  public Integer call() throws IOException {
    PeekingStudy study =
        new PeekingStudy(
            new SeededRuns(runs, figures.seed, threads), users, looks, alpha, narrowestAt);
    Progress progress = Progress.onStandardError();
    List<PeekingRow> rows = new ArrayList<>();
    for (ArrivingUsers each : PeekingStudy.scenarios()) {
      String name = "click rate " + each.rate() + ", lift " + each.lift();
      try (Progress.Task task = progress.begin(name, runs)) {
        rows.add(study.of(each, task::at));
      }
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print("\n" + PeekingTables.errors(rows, study).text());
    out.print("\n" + PeekingTables.power(rows).text());
    out.flush();
    figures.write(rows);
    return rows.stream().allMatch(PeekingRow::holds) ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
