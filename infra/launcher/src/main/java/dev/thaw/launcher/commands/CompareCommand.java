package dev.thaw.launcher.commands;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.Protocol;
import dev.thaw.evaluation.split.SplitWriter;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.EncodedItems;
import dev.thaw.launcher.evaluate.Inputs;
import dev.thaw.launcher.evaluate.LetterFile;
import dev.thaw.launcher.evaluate.OtherRecommenders;
import dev.thaw.launcher.evaluate.Protocols;
import dev.thaw.launcher.evaluate.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the split that our methods are measured on, for another recommender,",
      "and measures that one's lists beside them: same users, same metrics, paired."
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--data", description = "data folder, as thaw import writes it")
  @Nullable Path data;

  @Option(
      names = "--split",
      description = "folder with a split, as --export or thaw evaluate --out writes it")
  @Nullable Path split;

  @Option(names = "--domain", description = "of the data folder, if it has several")
  @Nullable String domain;

  @Option(
      names = "--protocol",
      defaultValue = Protocols.USERS_BY_K,
      description = "who is held out, as of thaw evaluate (default: ${DEFAULT-VALUE})")
  String protocol = Protocols.USERS_BY_K;

  @Option(names = "--known-users", defaultValue = "200", description = "of domain-cold-start")
  int knownUsers;

  @Option(names = "--held-out", defaultValue = "0.2", description = "share of the users")
  double share;

  @Option(names = "--max-users", description = "users held out at most (default: 1000)")
  @Nullable Integer maxUsers;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(names = "--k", split = ",", description = "interactions given, as of thaw evaluate")
  List<Integer> counts = List.of();

  @Option(
      names = "--encoder",
      defaultValue = "minilm",
      description = "minilm, a folder, a thaw.yaml whose encoder it is, or none")
  String encoder = "minilm";

  @Option(names = "--without-networks", description = "train none of the networks")
  boolean withoutNetworks;

  @Option(
      names = "--without-learned-routing",
      description =
          "learn no routing table of the domain, for which the served models are trained four times")
  private boolean withoutLearnedRouting;

  @Option(names = "--export", description = "folder to write the split to")
  @Nullable Path export;

  @Option(
      names = "--lists",
      description = {
        "lists to measure: tab-separated with the head k, user, rank, item and, if there",
        "are several recommenders, method; k as of --k; -1 for all that a split fixes, without --k"
      })
  @Nullable Path lists;

  @Option(
      names = "--rejected",
      description = "file for the rows that can't be used (default: LISTS.rejected.jsonl)")
  @Nullable Path rejected;

  @Option(names = "--write-lists", description = "file to write the lists of our methods to")
  @Nullable Path written;

  @Option(names = "--write-methods", split = ",", description = "which of them (default: all)")
  List<String> methods = List.of();

  @Mixin ReportOptions report = new ReportOptions();

  @Override
  public Integer call() throws IOException {
    if (export == null && lists == null && written == null) {
      throw new IllegalArgumentException(
          "one of --export, --lists and --write-lists must be given: there is nothing to do");
    }
    Progress progress = Progress.onStandardError();
    Settings settings = settings(progress);
    Experiment experiment = experiment(settings);
    PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
    if (export != null) {
      SplitWriter.write(experiment, export);
      console.println("Split written to " + export);
    }
    if (lists == null && written == null) {
      return ExitCodes.OK;
    }
    try (OtherRecommenders others = new OtherRecommenders(settings, experiment)) {
      if (written != null) {
        others.write(methods, written);
        console.println("Lists written to " + written);
      }
      return lists == null ? ExitCodes.OK : compare(others, lists, console);
    }
  }

  private int compare(OtherRecommenders others, Path file, PrintWriter console) throws IOException {
    Path letters =
        rejected == null ? file.resolveSibling(file.getFileName() + ".rejected.jsonl") : rejected;
    try (LetterFile bad = new LetterFile(letters)) {
      Figures figures;
      try {
        figures = others.compare(file, bad::add, Instant.now());
      } finally {
        if (bad.count() > 0) {
          console.printf(
              "%,d rows could not be used and count as misses, see %s; the first: %s%n",
              bad.count(), letters, bad.first());
        }
      }
      Tables.print(figures, console);
      report.write(List.of(figures));
      return bad.count() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
    }
  }

  private Experiment experiment(Settings settings) throws IOException {
    Inputs inputs = new Inputs(data, split, letter -> settings.progress().say(letter.toString()));
    Optional<EvaluationData> folder = inputs.folder();
    if (split != null) {
      return inputs.experiment(folder, settings);
    }
    EvaluationData read = folder.orElseThrow();
    Protocol cut = Protocols.cut(protocol, settings);
    return cut.on(read, domain(read));
  }

  private DomainId domain(EvaluationData folder) {
    if (domain == null && folder.interactions().size() != 1) {
      throw new IllegalArgumentException(
          "--domain must be one of " + folder.interactions().keySet());
    }
    return domain == null ? folder.interactions().keySet().iterator().next() : new DomainId(domain);
  }

  private Settings settings(Progress progress) {
    return new Settings(
        counts,
        0,
        share,
        Optional.empty(),
        maxUsers == null ? OptionalInt.empty() : OptionalInt.of(maxUsers),
        0,
        OptionalDouble.empty(),
        knownUsers,
        seed,
        new Extent(true, !withoutNetworks, !withoutLearnedRouting, false),
        new EncodedItems(encoder, progress),
        Optional.empty(),
        progress);
  }
}
