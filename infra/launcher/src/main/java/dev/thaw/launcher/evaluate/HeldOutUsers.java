package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.FoldedEvaluation;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.Protocol;
import dev.thaw.evaluation.split.SplitWriter;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.content.ContentNeighbours;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures users held out of a domain, by one cut or by several that are counted as one.
 *
 * @param parts disjoint in their users
 * @param measure one of them
 */
public record HeldOutUsers(Settings settings, List<Protocol> parts, Measure measure)
    implements DomainEvaluation {

  /** Trains on an experiment and measures its users. */
  @FunctionalInterface
  interface Measure {
    /**
     * @param content neighbours of the target's items, null where items have no text
     */
    Evaluation.Outcome of(
        Experiment experiment, @Nullable ContentNeighbours content, Evaluation.Listener listener);
  }

  /** By all methods, K interactions given. */
  public HeldOutUsers(Settings settings, List<Protocol> parts) {
    this(
        settings,
        parts,
        (experiment, content, listener) ->
            new Evaluation(
                    counts(settings, experiment),
                    settings.extent(),
                    Settings.threads(),
                    settings.seed())
                .measure(experiment, content, listener));
  }

  public HeldOutUsers {
    parts = List.copyOf(parts);
  }

  @Override
  public Figures measure(EvaluationData folder, DomainId domain) {
    for (Protocol part : parts) {
      Optional<String> obstacle = part.obstacle(folder, domain);
      if (obstacle.isPresent()) {
        int catalogue = folder.catalogue().getOrDefault(domain, Map.of()).size();
        return Figures.ofSkipped(
            domain.value(), part.origin(), settings.seed(), catalogue, obstacle.get());
      }
    }
    if (parts.size() == 1) {
      return measure(parts.get(0).on(folder, domain));
    }
    List<Supplier<Experiment>> folds =
        parts.stream().<Supplier<Experiment>>map(part -> () -> part.on(folder, domain)).toList();
    int[] fold = new int[1];
    return new FoldedEvaluation(settings.margin(), settings.seed())
        .run(
            "folds 1 to " + parts.size() + ", the first: " + parts.get(0).origin(),
            folds,
            each -> measure(each, "split/fold-" + ++fold[0]),
            rows());
  }

  /** An experiment that was cut elsewhere, by this class or by others. */
  public Figures measure(Experiment experiment) {
    return rows().figures(measure(experiment, "split"));
  }

  /** Makes rows of what was measured. */
  private Evaluation rows() {
    return new Evaluation(settings.counts(), Settings.threads(), settings.seed());
  }

  private static List<Integer> counts(Settings settings, Experiment experiment) {
    List<Integer> known = new ArrayList<>(settings.ofUsers(experiment));
    if (settings.questions() > 0) {
      known.add(-settings.questions());
    }
    return known;
  }

  private Evaluation.Outcome measure(Experiment experiment, String splitName) {
    settings
        .progress()
        .say(
            experiment.target()
                + ": "
                + experiment.training()
                + " to train on, "
                + experiment.test().size()
                + " users held out");
    write(experiment, splitName);
    ContentNeighbours content = settings.items().neighbours(experiment).orElse(null);
    try (ProgressParts parts =
        new ProgressParts(experiment.target().value(), settings.progress())) {
      return measure.of(experiment, content, parts::at);
    }
  }

  private void write(Experiment experiment, String splitName) {
    settings
        .report()
        .ifPresent(
            report -> {
              try {
                SplitWriter.write(
                    experiment, report.domain(experiment.target().value()).resolve(splitName));
              } catch (IOException e) {
                throw new UncheckedIOException("split can't be written: " + e.getMessage(), e);
              }
            });
  }
}
