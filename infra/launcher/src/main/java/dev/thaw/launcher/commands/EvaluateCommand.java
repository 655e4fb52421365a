package dev.thaw.launcher.commands;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.SplitFolder;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.encoder.Encoders;
import dev.thaw.models.encoder.ItemEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int BATCH = 64;
  private static final int NEIGHBOURS = 20;

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
      defaultValue = "0,1,3,5,10,20",
      description = "interactions given (default: ${DEFAULT-VALUE})")
  List<Integer> counts = List.of();

  @Option(
      names = "--questions",
      defaultValue = "0",
      description =
          "measure also users who said which of so many popular items they like, 2 or more"
              + " (default: ${DEFAULT-VALUE}, don't)")
  int questions;

  @Option(
      names = "--held-out",
      defaultValue = "0.2",
      description = "share of the users held out (default: ${DEFAULT-VALUE})")
  double share;

  @Option(
      names = "--max-users",
      defaultValue = "1000",
      description = "users held out at most (default: ${DEFAULT-VALUE})")
  int maxUsers;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--encoder",
      defaultValue = "minilm",
      description = "minilm, a folder with an ONNX export, or none (default: ${DEFAULT-VALUE})")
  String encoder = "minilm";

  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  private long rejected;
  private String first = "";

  @Override
  public Integer call() throws IOException {
    Progress progress = Progress.onStandardError();
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    List<Figures> all = new ArrayList<>();
    for (Supplier<Figures> each : evaluations(progress)) {
      Figures figures = each.get();
      Tables.print(figures, out);
      all.add(figures);
      if (json != null) {
        // after each domain: what was measured is kept whatever becomes of the next one
        Tables.writeJson(all, json);
      }
    }
    if (json != null) {
      out.println("\nFigures written to " + json);
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
      Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
      Map<UserId, UserProfile> profiles = read == null ? Map.of() : read.profiles();
      if (read != null) {
        read.catalogue().values().forEach(catalogue::putAll);
      }
      Experiment experiment = new SplitFolder(split, catalogue, profiles).read();
      return List.of(() -> measure(experiment, progress));
    }
    EvaluationData folder = java.util.Objects.requireNonNull(read);
    Collection<DomainId> domains =
        domain == null ? folder.interactions().keySet() : List.of(new DomainId(domain));
    UserSplit users = new UserSplit(share, maxUsers, UserSplit.DEFAULT.minInteractions(), seed);
    return domains.stream()
        .<Supplier<Figures>>map(each -> () -> measure(users, folder, each, progress))
        .toList();
  }

  private Figures measure(
      UserSplit users, EvaluationData folder, DomainId each, Progress progress) {
    return users
        .obstacle(folder, each)
        .map(
            reason ->
                Figures.ofSkipped(
                    each.value(),
                    users.origin(),
                    seed,
                    folder.catalogue().getOrDefault(each, Map.of()).size(),
                    reason))
        .orElseGet(() -> measure(users.on(folder, each), progress));
  }

  private Figures measure(Experiment experiment, Progress progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    progress.say(
        experiment.target()
            + ": "
            + experiment.training()
            + " to train on, "
            + experiment.test().size()
            + " users held out");
    ContentNeighbours content = content(experiment, progress).orElse(null);
    List<Integer> known = new ArrayList<>(counts);
    if (questions > 0) {
      known.add(-questions);
    }
    Evaluation evaluation = new Evaluation(known, threads, seed);
    Parts parts = new Parts(experiment.target().value(), progress);
    try (parts) {
      return evaluation.run(experiment, content, parts::at);
    }
  }

  private Optional<ContentNeighbours> content(Experiment experiment, Progress progress) {
    List<CatalogueItem> items =
        experiment.catalogue().values().stream()
            .filter(item -> !item.isWithoutMetadata())
            .sorted(java.util.Comparator.comparing(CatalogueItem::itemId))
            .toList();
    if (items.isEmpty() || encoder.equals("none")) {
      return Optional.empty();
    }
    Map<ItemId, Embedding> vectors = new HashMap<>();
    try (ItemEncoder items2vectors =
            Encoders.ofItems(
                Encoders.openText(encoder, BATCH, Runtime.getRuntime().availableProcessors()));
        Progress.Task task =
            progress.begin("encoding items of " + experiment.target(), items.size())) {
      for (int from = 0; from < items.size(); from += BATCH * 4) {
        List<CatalogueItem> batch = items.subList(from, Math.min(items.size(), from + BATCH * 4));
        List<Optional<Embedding>> encoded = items2vectors.encode(batch);
        for (int i = 0; i < batch.size(); i++) {
          ItemId id = batch.get(i).itemId();
          encoded.get(i).ifPresent(vector -> vectors.put(id, vector));
        }
        task.at(from + batch.size());
      }
    }
    return Optional.of(ContentNeighbours.of(vectors, NEIGHBOURS, experiment.scale().positive()));
  }

  /** A progress bar for one part of the work after the other. */
  private static final class Parts implements AutoCloseable {
    private final String domain;
    private final Progress progress;
    private String part = "";
    private Progress.@Nullable Task task;

    Parts(String domain, Progress progress) {
      this.domain = domain;
      this.progress = progress;
    }

    void at(String what, int done, int of) {
      if (!what.equals(part) || task == null) {
        close();
        part = what;
        task = progress.begin(domain + ": " + what, of);
      }
      task.at(done);
    }

    @Override
    public void close() {
      if (task != null) {
        task.close();
      }
    }
  }
}
