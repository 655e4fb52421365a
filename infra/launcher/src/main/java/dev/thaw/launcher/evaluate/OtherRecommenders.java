package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.UsersByK;
import dev.thaw.evaluation.compare.Comparison;
import dev.thaw.evaluation.compare.ListReader;
import dev.thaw.evaluation.compare.ListWriter;
import dev.thaw.evaluation.compare.TopLists;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.models.metrics.Bootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** Other recommenders on one experiment. Trains our methods once, when they are needed first. */
public final class OtherRecommenders implements AutoCloseable {
  private final Experiment experiment;
  private final UsersByK protocol;
  private final Evaluation evaluation;
  private final Evaluation.Rankers rankers;
  private final ProgressParts parts;

  public OtherRecommenders(Settings settings, Experiment experiment) {
    this.experiment = experiment;
    List<Integer> counts = settings.ofUsers(experiment);
    this.protocol =
        new UsersByK(experiment, counts, Bootstrap.DEFAULT, Settings.threads(), settings.seed());
    this.evaluation =
        new Evaluation(counts, settings.extent(), Settings.threads(), settings.seed());
    this.parts = new ProgressParts(experiment.target().value(), settings.progress());
    this.rankers =
        evaluation.train(
            experiment, settings.items().neighbours(experiment).orElse(null), parts::at);
  }

  /**
   * @param bad sees every row of the file that can't be used
   */
  public Figures compare(Path lists, Consumer<DeadLetter> bad, Instant now) throws IOException {
    List<TopLists> others =
        new ListReader(experiment, new HashSet<>(protocol.counts()), bad, now).read(lists);
    if (others.isEmpty()) {
      throw new IllegalStateException(lists + " holds no list of a held-out user");
    }
    int[] done = new int[1];
    int of = protocol.counts().size() * rankers.methods().size();
    return evaluation.figures(
        new Comparison(protocol, rankers)
            .measure(others, (method, k) -> parts.at("measuring", done[0]++, of)));
  }

  /**
   * @param methods names; empty for all of ours
   * @throws IllegalArgumentException naming the methods there are
   */
  public void write(List<String> methods, Path file) throws IOException {
    List<String> known = rankers.methods().stream().map(RankingMethod::name).toList();
    for (String each : methods) {
      if (!known.contains(each)) {
        throw new IllegalArgumentException(
            "--write-methods must be among " + known + ", was \"" + each + '"');
      }
    }
    new ListWriter(protocol, experiment.training().items())
        .write(
            rankers.methods().stream()
                .filter(each -> methods.isEmpty() || methods.contains(each.name()))
                .toList(),
            file);
  }

  @Override
  public void close() {
    parts.close();
  }
}
