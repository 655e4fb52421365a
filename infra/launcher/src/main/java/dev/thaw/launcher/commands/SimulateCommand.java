package dev.thaw.launcher.commands;

import dev.thaw.evaluation.report.Table;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.evaluation.simulation.Contender;
import dev.thaw.evaluation.simulation.FirstWeekStudy;
import dev.thaw.evaluation.simulation.FirstWeekStudy.Showing;
import dev.thaw.evaluation.simulation.GeneratedWorlds;
import dev.thaw.evaluation.simulation.RegretCurve;
import dev.thaw.evaluation.simulation.SemiSynthetic;
import dev.thaw.evaluation.simulation.SimulationTables;
import dev.thaw.evaluation.simulation.SimulationTables.Assumed;
import dev.thaw.evaluation.simulation.SimulationTables.Seeded;
import dev.thaw.evaluation.simulation.Tournament;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.evaluate.ProgressParts;
import dev.thaw.launcher.evaluate.Settings;
import dev.thaw.models.interactions.RatingScale;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets exploration policies loose in worlds whose truth is known, generated or made of",
      "the ratings of a data folder, and says what each loses against an oracle."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--worlds",
      split = ",",
      description =
          "generated worlds: stationary, personal, drifting, arriving, improving, delayed,"
              + " adversarial, trained, agreeing, or none (default: all, with --data none)")
  List<String> worlds = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "20000",
      description = "of a run in a generated world (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--seeds",
      defaultValue = "10",
      description = "runs of each policy, each with a world of its own (default: ${DEFAULT-VALUE})")
  int seeds;

  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--data",
      description = "data folder, as thaw import writes it, whose ratings worlds are made of")
  @Nullable Path data;

  @Option(names = "--domain", description = "only this domain (default: all of the data folder)")
  @Nullable String domain;

  @Option(
      names = "--content",
      split = ",",
      description =
          "shares of what tells items apart that content explains, beside the ratings as they are"
              + " (default: 0,0.25,0.5,1)")
  List<Double> strengths = SemiSynthetic.STRENGTHS;

  @Option(
      names = "--studies",
      split = ",",
      description = "what is asked of worlds of ratings: ${COMPLETION-CANDIDATES} (default: all)")
  Set<RatingsStudy> studies = EnumSet.allOf(RatingsStudy.class);

  @Option(names = "--out", description = "folder for plots and for the tables as CSV")
  @Nullable Path out;

  @Option(names = "--json", description = "file for the tables, as JSON")
  @Nullable Path json;

  private static final int REFRESH = 10;

  private final List<Table> tables = new ArrayList<>();
  private long rejected;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || seeds < 2) {
      throw new IllegalArgumentException(
          "--rounds must be >= 1 and --seeds >= 2, were " + rounds + " and " + seeds);
    }
    requireOfData();
    Progress progress = Progress.onStandardError();
    if (out != null) {
      Files.createDirectories(out);
    }
    for (GeneratedWorlds world : generated()) {
      generated(world, progress);
    }
    if (data != null) {
      ratings(data, progress);
    }
    return rejected > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
  }

  /** Options that mean something with {@code --data} alone, before anything is trained. */
  private void requireOfData() {
    boolean asked =
        domain != null
            || !strengths.equals(SemiSynthetic.STRENGTHS)
            || studies.size() < RatingsStudy.values().length;
    if (data == null && asked) {
      throw new IllegalArgumentException("--domain, --content and --studies need --data");
    }
    for (double strength : strengths) {
      if (!(strength >= 0 && strength <= 1)) {
        throw new IllegalArgumentException("--content must be in [0, 1], was " + strength);
      }
    }
  }

  private List<GeneratedWorlds> generated() {
    if (worlds.equals(List.of("none")) || (worlds.isEmpty() && data != null)) {
      return List.of();
    }
    if (worlds.isEmpty()) {
      return List.of(GeneratedWorlds.values());
    }
    return worlds.stream()
        .map(
            label ->
                GeneratedWorlds.of(label)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "--worlds must be of "
                                    + Arrays.stream(GeneratedWorlds.values())
                                        .map(GeneratedWorlds::label)
                                        .collect(Collectors.joining(", "))
                                    + " or none, was "
                                    + label)))
        .toList();
  }

  private void generated(GeneratedWorlds world, Progress progress) throws IOException {
    List<Contender<?>> contenders = world.contenders(rounds);
    List<RegretCurve> curves;
    try (Progress.Task task =
        progress.begin("world " + world.label(), (long) seeds * contenders.size())) {
      curves =
          new Tournament(seeds, REFRESH, Settings.threads())
              .curves(world.ofSeed(rounds), contenders, seed, task::at);
    }
    if (out != null) {
      SimulationTables.figure(world.label(), world.description(), curves, seed)
          .write(out, "regret-" + world.label());
    }
    give(SimulationTables.regret(world.label(), world.description(), curves, seed));
    if (world.isTrained()) {
      give(SimulationTables.againstDefault(world.label(), curves, seed));
    }
  }

  private void ratings(Path folder, Progress progress) throws IOException {
    EvaluationData read = EvaluationData.read(folder, Instant.now(), letter -> rejected++);
    Collection<DomainDefinition> asked =
        domain == null
            ? read.domains().all()
            : List.of(read.domains().require(new DomainId(domain)));
    int made = 0;
    for (DomainDefinition each : asked) {
      made += ratings(read, each, progress) ? 1 : 0;
    }
    if (made == 0) {
      throw new IllegalStateException(
          "no world can be made of " + folder + ": too few users, or too few items described");
    }
  }

  private boolean ratings(EvaluationData read, DomainDefinition each, Progress progress)
      throws IOException {
    String name = each.name().value();
    var interactions = read.interactions().get(each.name());
    if (interactions == null) {
      return false;
    }
    try (ProgressParts parts = new ProgressParts(name, progress)) {
      Optional<SemiSynthetic> learned =
          SemiSynthetic.learn(
              interactions,
              RatingScale.of(each),
              read.catalogue().getOrDefault(each.name(), Map.of()),
              Settings.threads(),
              seeds,
              seed,
              done -> parts.at("worlds of its ratings", done, seeds));
      if (learned.isEmpty()) {
        progress.say(name + ": no world, too few users, or too few items described");
        return false;
      }
      List<OptionalDouble> contents = new ArrayList<>();
      contents.add(OptionalDouble.empty());
      strengths.forEach(strength -> contents.add(OptionalDouble.of(strength)));
      if (studies.contains(RatingsStudy.FIRST_WEEKS)) {
        give(SimulationTables.seeding(name, seeded(learned.get().firstWeeks(), contents, parts)));
      }
      if (studies.contains(RatingsStudy.PRIORS)) {
        for (Showing showing : Showing.values()) {
          List<Assumed> assumed = assumed(learned.get().firstWeeks(), contents, showing, parts);
          give(SimulationTables.assuming(name, showing, assumed));
        }
      }
      if (studies.contains(RatingsStudy.EXPLORING)) {
        parts.at("exploring slots", 0, 1);
        give(SimulationTables.exploring(name, learned.get().exploring()));
      }
    }
    return true;
  }

  private static List<Seeded> seeded(
      FirstWeekStudy study, List<OptionalDouble> contents, ProgressParts parts) {
    List<Seeded> seeded = new ArrayList<>();
    for (OptionalDouble strength : contents) {
      for (Showing showing : Showing.values()) {
        parts.at("first weeks", seeded.size(), Showing.values().length * contents.size());
        seeded.add(new Seeded(strength, showing, study.seeding(strength, showing)));
      }
    }
    return seeded;
  }

  private static List<Assumed> assumed(
      FirstWeekStudy study, List<OptionalDouble> contents, Showing showing, ProgressParts parts) {
    List<Assumed> assumed = new ArrayList<>();
    for (OptionalDouble strength : contents) {
      parts.at(
          "priors of new items, " + showing.name().toLowerCase(Locale.ROOT),
          assumed.size(),
          contents.size());
      assumed.add(new Assumed(strength, study.assuming(strength, showing)));
    }
    return assumed;
  }

  /** What was measured is kept whatever becomes of the next one. */
  private void give(Table table) throws IOException {
    PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
    console.print("\n" + table.text());
    console.flush();
    tables.add(table);
    if (out != null) {
      table.writeCsv(out.resolve(table.name() + ".csv"));
    }
    if (json != null) {
      Tables.writeJson(tables, json);
    }
  }
}
