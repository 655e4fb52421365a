package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.split.SplitFolder;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Training times of the bridges for ratings, factors of both domains included, on one thread and at
 * the rank of the official code, with the errors on the split's cold users beside them; and what
 * each network gains over its ablation, see {@link BridgeGains}.
 */
final class BridgeBench implements Benchmark {
  private static final int RANK = 10;
  private static final int SWEEPS = 10;
  private static final int TURNS = 5;

  /**
   * Of the official PyTorch code on books to movies, one core, factors included; for all splits.
   */
  private static final double OFFICIAL_EMCDR = 7.3;

  private static final double OFFICIAL_PTUPCDR = 24.5;

  @Override
  public String name() {
    return "bridges";
  }

  @Override
  public String description() {
    return "seconds to train EMCDR and PTUPCDR, factors included, on a split given by --data";
  }

  @Override
  public Optional<String> leftOut(BenchContext context) {
    Path data = context.data();
    return data != null
            && (Files.exists(data.resolve("train_source.tsv"))
                || Files.exists(data.resolve("train_source.tsv.gz")))
        ? Optional.empty()
        : Optional.of("needs --data with train_source, train_target and test_cold_target");
  }

  @Override
  public List<Figure> run(BenchContext context) throws IOException {
    Path data = context.data();
    if (data == null) {
      throw new IllegalStateException("is left out without data");
    }
    Experiment split = new SplitFolder(data, Map.of(), Map.of()).read();
    List<Figure> figures = new ArrayList<>();
    figures.add(measure("EMCDR", BridgeTrainers.emcdr(), OFFICIAL_EMCDR, split, context.seed()));
    figures.add(
        measure("PTUPCDR", BridgeTrainers.ptupcdr(), OFFICIAL_PTUPCDR, split, context.seed()));
    figures.addAll(new BridgeGains(split).run(context.seed()));
    return figures;
  }

  private record Trained(FactorModel source, FactorModel target, Bridge bridge) {}

  private static Figure measure(
      String name,
      Trainer<BridgeData, Bridge> trainer,
      double official,
      Experiment split,
      long seed) {
    double least = Double.POSITIVE_INFINITY;
    double first = 0;
    Trained trained = train(trainer, split, seed);
    for (int turn = 0; turn < TURNS; turn++) {
      long start = System.nanoTime();
      trained = train(trainer, split, seed);
      double seconds = (System.nanoTime() - start) / 1e9;
      first = turn == 0 ? seconds : first;
      least = Math.min(least, seconds);
    }
    RatingErrors errors = errors(split, trained);
    RatingErrors bar = bar(split);
    return Figure.of("training " + name + ", rank " + RANK, least, "s")
        .beside("first after one to warm up", first)
        .with("MAE", errors.mae())
        .with("RMSE", errors.rmse())
        .with("MAE of item mean + source bias", bar.mae())
        .with("its RMSE", bar.rmse())
        .atMost(official / 10)
        .saidOf("official PyTorch code on books to movies: %s s".formatted(official));
  }

  private static SourceDomain source(Experiment split) {
    return split.sources().values().iterator().next();
  }

  private static Trained train(Trainer<BridgeData, Bridge> trainer, Experiment split, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Interactions there = source(split).interactions();
    FactorModel source = factors(there, source(split).scale(), random);
    FactorModel target = factors(split.training(), split.scale(), random);
    BridgeData data = new BridgeData(there, split.training(), source, target);
    return new Trained(source, target, trainer.fit(data, random));
  }

  private static FactorModel factors(
      Interactions ratings, RatingScale scale, SplittableRandom random) {
    return FactorTrainers.explicitAls(
            ExplicitAlsConfig.DEFAULT.withSize(RANK, SWEEPS), scale, 1, TrainingProgress.SILENT)
        .fit(ratings, random);
  }

  private static RatingErrors errors(Experiment split, Trained trained) {
    RatingErrors errors = new RatingErrors();
    for (HeldOutUser user : split.test()) {
      History there = source(split).interactions().history(user.user());
      UserVector mapped = trained.bridge.map(there, trained.source);
      for (History.Entry entry : user.inOrder()) {
        errors.add(trained.target.rating(mapped, entry.item()), entry.strength());
      }
    }
    return errors;
  }

  private static RatingErrors bar(Experiment split) {
    BiasModel there = BiasModel.fit(source(split).interactions(), source(split).scale());
    BiasModel here = BiasModel.fit(split.training(), split.scale());
    RatingErrors errors = new RatingErrors();
    for (HeldOutUser user : split.test()) {
      double bias = there.userBias(source(split).interactions().history(user.user()));
      for (History.Entry entry : user.inOrder()) {
        int item = here.items().indexOf(entry.item());
        errors.add(here.rating(bias, item), entry.strength());
      }
    }
    return errors;
  }
}
