package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.launcher.evaluate.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the trainings cost: on splits of real data, each beside the published times of others, with
 * the errors on the split's held-out users and those of a baseline; and on generated data of
 * growing size. One training warms up, the median of those after it counts.
 */
final class TrainBench implements Benchmark {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String description() {
    return "seconds, ratings/s a core and memory of trainings on the splits of --split, and on"
        + " 1, 4 and 16 times generated data";
  }

  @Override
  public List<Figure> run(BenchContext context) throws IOException {
    CrossDomainTimes bridges = new CrossDomainTimes(context.threads(), context.seed());
    TransferTimes transfers = new TransferTimes(context.threads(), context.seed());
    RatingTimes ratings = new RatingTimes(context.threads(), context.seed());
    RankingTimes rankings = new RankingTimes(context.threads(), context.seed());
    List<Figure> figures = new ArrayList<>();
    for (Path folder : context.splits()) {
      Inputs inputs = new Inputs(context.data(), folder, letter -> {});
      Experiment split = inputs.experiment(inputs.folder());
      List<Figure> measured = new ArrayList<>();
      if (!split.sources().isEmpty()) {
        measured.addAll(bridges.run(split));
        measured.addAll(transfers.run(split));
      } else if (split.test().stream().anyMatch(user -> user.support() != null)) {
        measured.addAll(ratings.run(split));
      } else {
        measured.addAll(rankings.run(split));
      }
      measured.forEach(each -> figures.add(each.on(folder.getFileName().toString())));
    }
    figures.addAll(
        new GrowthTimes(bridges, transfers, ratings, rankings, context.seed())
            .run(context.progress()));
    return figures;
  }
}
