package dev.thaw.launcher.commands;

import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.OffPolicyTables;
import dev.thaw.evaluation.offpolicy.logs.OpenBanditLog;
import dev.thaw.evaluation.report.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "intervals, and whether the log can answer at all."
    })
public final class OffPolicyCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

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
      names = "--resamples",
      defaultValue = "2000",
      description = "of the bootstrap (default: ${DEFAULT-VALUE})")
  int resamples;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    if (openBandit == null) {
      throw new IllegalArgumentException("--open-bandit must be given");
    }
    PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
    List<OffPolicyResult> results = new ArrayList<>();
    for (String campaign : campaigns) {
      OffPolicyResult result = ofOpenBandit(openBandit, campaign);
      OffPolicyTables.print(result, console);
      results.add(result);
    }
    write(results);
    return ExitCodes.OK;
  }

  private OffPolicyResult ofOpenBandit(Path folder, String campaign) throws IOException {
    OpenBanditLog log = OpenBanditLog.read(folder, logged, campaign);
    OpenBanditLog own = OpenBanditLog.read(folder, policy, campaign);
    EvaluationPolicy evaluated =
        policy.equals("random") ? DrawnInOrder.uniform() : own.itemFrequencies();
    return new OffPolicyEvaluation(1, resamples, seed)
        .of(log.name(), log.rounds(), evaluated, Optional.of(own.rounds()));
  }

  private void write(List<?> results) throws IOException {
    if (json != null) {
      Tables.writeJson(results, json);
    }
  }
}
