package dev.thaw.launcher.commands;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.FoldedEvaluation;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.items.ItemsByCount;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.ReportFolder;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.Protocol;
import dev.thaw.evaluation.split.SplitFolder;
import dev.thaw.evaluation.split.SplitWriter;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.EncodedItems;
import dev.thaw.launcher.evaluate.NewItemsOfDomains;
import dev.thaw.launcher.evaluate.ProgressParts;
import dev.thaw.launcher.evaluate.Protocols;
import dev.thaw.models.content.ContentNeighbours;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
  private static final List<Integer> USERS_BY_K = List.of(0, 1, 3, 5, 10, 20);

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
      description = "interactions given (default: 0,1,3,5,10,20; of items 0,1,3,10,50,500)")
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
      description = Protocols.NAMES + " (default: ${DEFAULT-VALUE})")
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
      names = "--max-users",
      description = "users held out at most (default: 1000, with --folds all)")
  @Nullable Integer maxUsers;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--encoder",
      defaultValue = "minilm",
      description = "minilm, a folder with an ONNX export, or none (default: ${DEFAULT-VALUE})")
  String encoder = "minilm";

  @Option(
      names = "--without-networks",
      description =
          "train and measure no networks (MeLU, EMCDR, PTUPCDR, BiTGCF), which take most of the"
              + " time")
  private boolean withoutNetworks;

  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  @Option(
      names = "--out",
      description = "folder for report.html, tables as CSV, JSON and text, plots, and the splits")
  @Nullable Path out;

  private long rejected;
  private String first = "";

  @Override
  public Integer call() throws IOException {
    Progress progress = Progress.onStandardError();
    PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
    List<Figures> all = new ArrayList<>();
    for (Supplier<Figures> each : evaluations(progress)) {
      Figures figures = each.get();
      Tables.print(figures, console);
      all.add(figures);
      // after each domain: what was measured is kept whatever becomes of the next one
      if (json != null) {
        Tables.writeJson(all, json);
      }
      if (out != null) {
        new ReportFolder(out).write(all);
      }
    }
    if (json != null) {
      console.println("\nFigures written to " + json);
    }
    if (out != null) {
      console.println("\nReport written to " + out.resolve("report.html"));
    }
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
    if (folds > 0 && (split != null || protocol.equals(Protocols.ITEMS_BY_COUNT))) {
      throw new IllegalArgumentException(
          "--folds needs users of a data folder to fold, not "
              + (split != null ? "--split" : "--protocol " + protocol));
    }
    if (data == null && split == null) {
      throw new IllegalArgumentException("--data or --split must be given");
    }
    EvaluationData read = null;
    if (data != null) {
      read = EvaluationData.read(data, Instant.now(), this::reject);
      if (rejected > 0) {
        progress.say("%,d bad records in %s, the first: %s".formatted(rejected, data, first));
      }
      if (split == null
          && read.interactions().values().stream().allMatch(each -> each.size() == 0)) {
        throw new IllegalStateException(data + " holds no usable event; " + first);
      }
    }
    if (split != null) {
      Experiment experiment = experiment(split, read);
      return List.of(() -> measure(List.of(() -> experiment), experiment.origin(), progress));
    }
    EvaluationData folder = Objects.requireNonNull(read);
    Collection<DomainId> domains =
        domain == null ? folder.interactions().keySet() : List.of(new DomainId(domain));
    if (protocol.equals(Protocols.ITEMS_BY_COUNT)) {
      NewItemsOfDomains newItems = newItems(folder, progress);
      return domains.stream().<Supplier<Figures>>map(each -> () -> newItems.measure(each)).toList();
    }
    List<Protocol> parts = parts();
    return domains.stream()
        .<Supplier<Figures>>map(each -> () -> measure(parts, folder, each, progress))
        .toList();
  }

  private NewItemsOfDomains newItems(EvaluationData folder, Progress progress) {
    return new NewItemsOfDomains(
        new ItemsByCount(
            counts.isEmpty() ? ItemsByCount.COUNTS : counts,
            share,
            maxUsers == null ? UserSplit.DEFAULT.maxUsers() : maxUsers,
            Runtime.getRuntime().availableProcessors(),
            seed),
        folder,
        new EncodedItems(encoder, progress),
        Optional.ofNullable(out).map(ReportFolder::new),
        progress);
  }

  private List<Protocol> parts() {
    int most = folds > 0 ? Integer.MAX_VALUE : UserSplit.DEFAULT.maxUsers();
    UserSplit users =
        new UserSplit(
            share, maxUsers == null ? most : maxUsers, UserSplit.DEFAULT.minInteractions(), seed);
    return new Protocols(users, knownUsers).parts(protocol, folds);
  }

  /** Descriptions are those of the split's domain, where it names one. */
  private static Experiment experiment(Path split, @Nullable EvaluationData read)
      throws IOException {
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    Optional<DomainId> named = SplitFolder.domain(split);
    if (read != null) {
      read.catalogue()
          .forEach(
              (domain, items) -> {
                if (named.isEmpty() || named.get().equals(domain)) {
                  catalogue.putAll(items);
                }
              });
    }
    return new SplitFolder(split, catalogue, read == null ? Map.of() : read.profiles()).read();
  }

  private Figures measure(
      List<Protocol> parts, EvaluationData folder, DomainId each, Progress progress) {
    for (Protocol part : parts) {
      Optional<String> obstacle = part.obstacle(folder, each);
      if (obstacle.isPresent()) {
        int catalogue = folder.catalogue().getOrDefault(each, Map.of()).size();
        return Figures.ofSkipped(each.value(), part.origin(), seed, catalogue, obstacle.get());
      }
    }
    List<Supplier<Experiment>> experiments =
        parts.stream().<Supplier<Experiment>>map(part -> () -> part.on(folder, each)).toList();
    return measure(experiments, origin(parts), progress);
  }

  private static String origin(List<Protocol> parts) {
    return parts.size() == 1
        ? parts.get(0).origin()
        : "folds 1 to " + parts.size() + ", the first: " + parts.get(0).origin();
  }

  /**
   * @param origin of several as one
   */
  private Figures measure(
      List<Supplier<Experiment>> experiments, String origin, Progress progress) {
    List<Integer> known = new ArrayList<>(counts.isEmpty() ? USERS_BY_K : counts);
    if (questions > 0) {
      known.add(-questions);
    }
    EncodedItems items = new EncodedItems(encoder, progress);
    Evaluation evaluation =
        new Evaluation(
            known,
            withoutNetworks ? Extent.WITHOUT_NETWORKS : Extent.ALL,
            Runtime.getRuntime().availableProcessors(),
            seed);
    if (experiments.size() == 1) {
      return evaluation.figures(
          measure(evaluation, experiments.get(0).get(), "split", items, progress));
    }
    int[] fold = new int[1];
    return new FoldedEvaluation(
            margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin), seed)
        .run(
            origin,
            experiments,
            each -> measure(evaluation, each, "split/fold-" + ++fold[0], items, progress),
            evaluation);
  }

  private Evaluation.Outcome measure(
      Evaluation evaluation,
      Experiment experiment,
      String splitName,
      EncodedItems items,
      Progress progress) {
    progress.say(
        experiment.target()
            + ": "
            + experiment.training()
            + " to train on, "
            + experiment.test().size()
            + " users held out");
    if (out != null) {
      write(experiment, new ReportFolder(out).domain(experiment.target().value()), splitName);
    }
    ContentNeighbours content = items.neighbours(experiment).orElse(null);
    ProgressParts parts = new ProgressParts(experiment.target().value(), progress);
    try (parts) {
      return evaluation.measure(experiment, content, parts::at);
    }
  }

  private static void write(Experiment experiment, Path domain, String splitName) {
    try {
      SplitWriter.write(experiment, domain.resolve(splitName));
    } catch (IOException e) {
      throw new UncheckedIOException("split can't be written: " + e.getMessage(), e);
    }
  }
}
