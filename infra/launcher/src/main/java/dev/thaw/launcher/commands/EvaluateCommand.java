package dev.thaw.launcher.commands;

import dev.thaw.evaluation.claims.ClaimRun;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.items.HeldOut;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.ClaimVerdicts;
import dev.thaw.launcher.evaluate.DomainEvaluation;
import dev.thaw.launcher.evaluate.EncodedItems;
import dev.thaw.launcher.evaluate.HeldOutUsers;
import dev.thaw.launcher.evaluate.Inputs;
import dev.thaw.launcher.evaluate.Protocols;
import dev.thaw.launcher.evaluate.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds out users whole, gives every method their first K interactions and",
      "measures it on the rest, beside the baselines it has to beat."
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--data", description = "data folder, as thaw import writes it")
  @Nullable Path data;

  @Option(
      names = "--split",
      description = "folder with a split in tab-separated files, instead of a split of our own")
  @Nullable Path split;

  @Option(names = "--domain", description = "only this domain (default: all of the data folder)")
  @Nullable String domain;

  @Option(
      names = "--k",
      split = ",",
      description =
          "interactions given (default: 0,1,3,5,10,20; of items 0,1,3,10,50,500; of a support that"
              + " the split fixes, all)")
  List<Integer> counts = List.of();

  @Option(
      names = "--questions",
      defaultValue = "0",
      description =
          "measure also users who said which of so many popular items they like, 2 or more"
              + " (default: ${DEFAULT-VALUE}, don't)")
  int questions;

  @Option(
      names = "--protocol",
      defaultValue = Protocols.USERS_BY_K,
      completionCandidates = Protocols.Names.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  String protocol = Protocols.USERS_BY_K;

  @Option(
      names = "--folds",
      defaultValue = "0",
      description =
          "cover all users in so many disjoint test sets, and check that the hybrids are no worse"
              + " than any single method (default: ${DEFAULT-VALUE}, one test set)")
  int folds;

  @Option(
      names = "--margin",
      description =
          "with --folds: nDCG@10 below which a difference counts as worse, below 0 (default: -0.005"
              + " from 3,000 users on, else -0.010)")
  @Nullable Double margin;

  @Option(
      names = "--known-users",
      defaultValue = "200",
      description = "of domain-cold-start: users to learn from (default: ${DEFAULT-VALUE})")
  int knownUsers;

  @Option(
      names = "--held-out",
      defaultValue = "0.2",
      description = "share of the users, or items, held out (default: ${DEFAULT-VALUE})")
  double share;

  @Option(
      names = "--new-items",
      description =
          "of items-by-count: tab-separated file whose column item names those held out, in"
              + " place of a share of all")
  @Nullable Path newItems;

  @Option(
      names = "--max-users",
      description = "users held out at most (default: 1000, with --folds all)")
  @Nullable Integer maxUsers;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--encoder",
      defaultValue = "minilm",
      description =
          "minilm, a folder with an ONNX export, a thaw.yaml whose encoder it is, or none"
              + " (default: ${DEFAULT-VALUE})")
  String encoder = "minilm";

  @Option(
      names = "--without-networks",
      description =
          "train and measure no networks (MeLU, EMCDR, PTUPCDR, BiTGCF), which take most of the"
              + " time")
  private boolean withoutNetworks;

  @Option(
      names = "--without-learned-routing",
      description =
          "learn no routing table of the domain, for which the served models are trained four times")
  private boolean withoutLearnedRouting;

  @Option(
      names = "--sequential",
      description =
          "train and measure SASRec and DIN, too, which learn the order of likes; next-item does so"
              + " anyway")
  private boolean sequential;

  @Mixin ClaimOptions claimed = new ClaimOptions();

  @Mixin ReportOptions report = new ReportOptions();

  private long rejected;
  private String first = "";

  @Override
  public Integer call() throws IOException {
    Progress progress = Progress.onStandardError();
    PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
    if (claimed.claims) {
      ClaimRun.Simulated simulated =
          claimed.simulated(Objects.requireNonNull(spec).commandLine().getParseResult());
      ClaimVerdicts verdicts =
          new ClaimVerdicts(settings(progress), simulated, console, report.json());
      verdicts.measure(
          new Inputs(data, split, this::reject), Optional.ofNullable(domain).map(DomainId::new));
      return rejected > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
    }
    List<Figures> all = new ArrayList<>();
    for (Supplier<Figures> each : evaluations(progress)) {
      Figures figures = each.get();
      Tables.print(figures, console);
      all.add(figures);
      // after each domain: what was measured is kept whatever becomes of the next one
      report.write(all);
    }
    report.sayWhere(console);
    if (all.stream().allMatch(Figures::isEmpty)) {
      throw new IllegalStateException(
          "nothing could be measured: "
              + all.stream()
                  .flatMap(each -> each.skipped().entrySet().stream())
                  .map(each -> each.getKey() + ": " + each.getValue())
                  .collect(Collectors.joining("; ")));
    }
    return rejected > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
  }

  private void reject(DeadLetter letter) {
    if (rejected++ == 0) {
      first = letter.source() + ":" + letter.position() + ": " + letter.rejection();
    }
  }

  /** One for each domain, made when its turn comes: only one is in memory at a time. */
  private List<Supplier<Figures>> evaluations(Progress progress) throws IOException {
    if (questions < 0 || questions == 1) {
      throw new IllegalArgumentException("--questions must be 0 or at least 2, was " + questions);
    }
    if (folds > 0 && split != null) {
      throw new IllegalArgumentException(
          "--folds needs users of a data folder to fold, not --split");
    }
    if (newItems != null && split != null) {
      throw new IllegalArgumentException(
          "--new-items needs items of a data folder to hold out, not --split");
    }
    if (newItems != null
        && Objects.requireNonNull(spec)
            .commandLine()
            .getParseResult()
            .hasMatchedOption("--held-out")) {
      throw new IllegalArgumentException("either --new-items or --held-out, not both");
    }
    Inputs inputs = new Inputs(data, split, this::reject);
    Settings settings = settings(progress);
    DomainEvaluation evaluation = Protocols.of(protocol, settings);
    Optional<EvaluationData> read = inputs.folder();
    if (rejected > 0) {
      progress.say("%,d bad records in %s, the first: %s".formatted(rejected, data, first));
    }
    if (split != null) {
      Experiment experiment = inputs.experiment(read, settings);
      return List.of(() -> new HeldOutUsers(settings, List.of()).measure(experiment));
    }
    EvaluationData folder = read.orElseThrow();
    if (folder.interactions().values().stream().allMatch(each -> each.size() == 0)) {
      throw new IllegalStateException(data + " holds no usable event; " + first);
    }
    Collection<DomainId> domains =
        domain == null ? folder.interactions().keySet() : List.of(new DomainId(domain));
    return domains.stream()
        .<Supplier<Figures>>map(each -> () -> evaluation.measure(folder, each))
        .toList();
  }

  private Settings settings(Progress progress) throws IOException {
    return new Settings(
        counts,
        questions,
        share,
        newItems == null ? Optional.empty() : Optional.of(HeldOut.Named.read(newItems)),
        maxUsers == null ? OptionalInt.empty() : OptionalInt.of(maxUsers),
        folds,
        margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin),
        knownUsers,
        seed,
        new Extent(true, !withoutNetworks, !withoutLearnedRouting, sequential),
        new EncodedItems(encoder, progress),
        report.folder(),
        progress);
  }
}
