package dev.thaw.launcher.evaluate;

import com.sun.management.OperatingSystemMXBean;
import dev.thaw.evaluation.claims.ClaimResult;
import dev.thaw.evaluation.claims.ClaimRun;
import dev.thaw.evaluation.claims.ClaimTables;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.Protocol;
import dev.thaw.evaluation.split.SourceUsersSplit;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The claims on each domain, printed and written as each domain is done.
 *
 * @param simulated how long simulations run
 * @param json gets all of them
 */
public record ClaimVerdicts(
    Settings settings, ClaimRun.Simulated simulated, PrintWriter console, Optional<Path> json) {

  /**
   * @param domain alone, if one is given
   */
  public void measure(Inputs inputs, Optional<DomainId> domain) throws IOException {
    Optional<EvaluationData> folder = inputs.folder();
    List<ClaimResult> all = new ArrayList<>();
    if (inputs.split() != null) {
      add(inputs.experiment(folder), all);
      return;
    }
    EvaluationData data = folder.orElseThrow();
    Collection<DomainId> domains =
        domain.<Collection<DomainId>>map(List::of).orElse(data.interactions().keySet());
    for (DomainId each : domains) {
      Optional<Experiment> experiment = experiment(data, each);
      if (experiment.isPresent()) {
        add(experiment.get(), all);
      } else {
        console.println(
            each
                + ": no claim can be measured, "
                + settings.users().obstacle(data, each).orElse(""));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalStateException("no claim can be measured on any domain of " + inputs.data());
    }
  }

  /** Users who could be mapped, where there are such: the others' claims ask for no more. */
  private Optional<Experiment> experiment(EvaluationData data, DomainId domain) {
    List<Protocol> cuts = List.of(new SourceUsersSplit(settings.users()), settings.users());
    return cuts.stream()
        .filter(cut -> cut.obstacle(data, domain).isEmpty())
        .findFirst()
        .map(cut -> cut.on(data, domain));
  }

  private void add(Experiment experiment, List<ClaimResult> all) throws IOException {
    List<ClaimResult> results;
    try (ProgressParts parts =
        new ProgressParts(experiment.target().value(), settings.progress())) {
      results =
          new ClaimRun(
                  experiment,
                  settings.items().neighbours(experiment).orElse(null),
                  Settings.threads(),
                  settings.seed(),
                  ClaimVerdicts::cpuNanos,
                  simulated,
                  parts::at)
              .results();
    }
    ClaimTables.print(results, console);
    all.addAll(results);
    if (json.isPresent()) {
      ClaimTables.writeJson(all, json.get());
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
