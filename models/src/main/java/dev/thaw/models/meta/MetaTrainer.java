package dev.thaw.models.meta;

import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.EarlyStopping;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Learns the parameters from which a few gradient steps make a user's own: MAML, FOMAML or MeLU, as
 * its {@link MetaConfig} says, on residuals beyond the shrunk biases. Tasks of a batch run in
 * several threads; their gradients are added in one order, so that the number of threads changes
 * nothing.
 *
 * <p>A tenth of the users is held out: the epoch with the least loss on them is kept.
 */
public final class MetaTrainer implements Trainer<MetaData, MetaModel> {
  private static final double HELD_OUT = 0.1;
  private static final int MIN_HELD_OUT = 20;
  private static final int MAX_HELD_OUT = 300;
  private static final int FOLDS = 4;

  private interface BaselineTraining {
    TrainingBaselines of(MetaData data, RandomGenerator random);
  }

  private final MetaConfig config;
  private final BaselineTraining bases;
  private final int threads;
  private final TrainingProgress progress;

  private MetaTrainer(
      MetaConfig config, BaselineTraining bases, int threads, TrainingProgress progress) {
    this.config = config;
    this.bases = bases;
    this.threads = threads;
    this.progress = progress;
  }

  /** Over residuals of the shrunk biases. */
  public static MetaTrainer overBiases(MetaConfig config, int threads, TrainingProgress progress) {
    return new MetaTrainer(
        config,
        (data, random) ->
            TrainingBaselines.of(RatingBaseline.of(BiasModel.fit(data.ratings(), data.scale()))),
        threads,
        progress);
  }

  /**
   * Over residuals of a factor model into which each user's support is folded. The residuals
   * learned from are those of {@value #FOLDS} other models, each fitted without a part of the
   * users, and of that part: the model itself has met the queries, too.
   *
   * @param factors explicit, trained on the same ratings
   * @param others trains the models that have not met a user
   * @throws IllegalArgumentException if the factors say nothing of ratings
   */
  public static MetaTrainer over(
      FactorModel factors,
      Trainer<Interactions, FactorModel> others,
      MetaConfig config,
      int threads,
      TrainingProgress progress) {
    if (factors.kind() != FactorKind.EXPLICIT) {
      throw new IllegalArgumentException("factors must be explicit, were " + factors);
    }
    return new MetaTrainer(
        config, (data, random) -> crossFitted(factors, others, data, random), threads, progress);
  }

  private static TrainingBaselines crossFitted(
      FactorModel factors,
      Trainer<Interactions, FactorModel> others,
      MetaData data,
      RandomGenerator random) {
    Interactions ratings = data.ratings();
    List<RatingBaseline> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      int without = fold;
      Interactions rest =
          ratings.ofUsers(user -> TrainingBaselines.fold(ratings.indexOf(user), FOLDS) != without);
      folds.add(RatingBaseline.of(others.fit(rest, random)));
    }
    return new TrainingBaselines(RatingBaseline.of(factors), folds);
  }

  /**
   * @throws TrainingDivergedException if the loss runs away
   * @throws IllegalArgumentException if no user has two ratings
   */
  @Override
  public MetaModel fit(MetaData data, RandomGenerator random) {
    return run(data, random).model();
  }

  /**
   * A model and how it came about.
   *
   * @param losses on held-out users after each epoch, in units of the residuals' mean square; empty
   *     where there were too few to hold out
   * @param epoch whose parameters were kept, from 1
   * @param metrics of the held-out users, empty where there were too few: their loss with the kept
   *     parameters adapted, not adapted, and that of the base alone
   */
  public record Run(MetaModel model, List<Double> losses, int epoch, Map<String, Double> metrics) {
    public Run {
      losses = List.copyOf(losses);
      metrics = Map.copyOf(metrics);
    }
  }

  /** As {@link #fit}, with the losses. */
  public Run run(MetaData data, RandomGenerator random) {
    TrainingBaselines trained = bases.of(data, random);
    RatingBaseline base = trained.whole();
    double unit = BiasModel.fit(data.ratings(), data.scale()).deviation(data.ratings());
    Fields fields = Fields.learn(data, base.rank(), config.dimension());
    TaskSampler sampler = new TaskSampler(data, trained, unit, fields, config.query());
    List<Integer> users = Shuffled.of(sampler.able(), random);
    if (users.isEmpty()) {
      throw new IllegalArgumentException(
          data.ratings() + " must have a user with at least 2 ratings");
    }
    int heldOut = (int) Math.min(MAX_HELD_OUT, users.size() * HELD_OUT);
    if (heldOut < MIN_HELD_OUT) {
      heldOut = 0;
    }
    try (RowTasks tasks = new RowTasks(threads, 1)) {
      MetaDescent descent =
          new MetaDescent(
              config, fields, sampler, users.subList(heldOut, users.size()), tasks, random);
      SplittableRandom fixed = new SplittableRandom(random.nextLong());
      List<MetaTask> validation =
          users.subList(0, heldOut).stream().map(user -> sampler.whole(user, fixed)).toList();
      EarlyStopping best = new EarlyStopping(descent.parameters());
      for (int epoch = 1; epoch <= config.epochs(); epoch++) {
        descent.epoch(epoch - 1, random);
        if (!validation.isEmpty()) {
          best.offer(descent.parameters(), descent.loss(validation));
        }
        progress.step("meta-learning of " + data.ratings().domain(), epoch, config.epochs());
      }
      double[] kept = validation.isEmpty() ? descent.parameters() : best.parameters();
      MetaModel model = MetaModel.of(data, base, unit, fields, config, kept);
      return validation.isEmpty()
          ? new Run(model, List.of(), config.epochs(), Map.of())
          : new Run(model, best.losses(), best.bestOffer(), metrics(best, descent, validation));
    }
  }

  private static Map<String, Double> metrics(
      EarlyStopping best, MetaDescent descent, List<MetaTask> validation) {
    // a network of zeros says nothing beyond the base
    double[] nothing = new double[best.parameters().length];
    return Map.of(
        "held_out_users", (double) validation.size(),
        "epoch", (double) best.bestOffer(),
        "held_out_loss", best.losses().get(best.bestOffer() - 1),
        "held_out_unadapted_loss", descent.unadaptedLoss(best.parameters(), validation),
        "held_out_base_loss", descent.unadaptedLoss(nothing, validation));
  }
}
