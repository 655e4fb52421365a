package dev.thaw.models.meta;

import dev.thaw.models.training.Adam;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The outer loop: parameters and optimiser, changed in place. One caller at a time. */
final class MetaDescent {
  /** A query loss that many times that of the biases alone does not come down again. */
  private static final double RUNAWAY = 100;

  private static final double EMBEDDING_DEVIATION = 0.1;

  private final MetaConfig config;
  private final NetworkShape shape;
  private final TaskSampler sampler;
  private final List<Integer> users;
  private final RowTasks tasks;
  private final int tableRows;
  private final double[] parameters;
  private final double[] gradient;
  private final Adam adam;
  private final ThreadLocal<MetaGradient> gradients = ThreadLocal.withInitial(this::gradients);

  MetaDescent(
      MetaConfig config,
      Fields fields,
      TaskSampler sampler,
      List<Integer> users,
      RowTasks tasks,
      RandomGenerator random) {
    this.config = config;
    this.shape = fields.shape(config.hidden());
    this.sampler = sampler;
    this.users = List.copyOf(users);
    this.tasks = tasks;
    this.tableRows = fields.rows();
    this.parameters = start(random);
    this.gradient = new double[parameters.length];
    this.adam = new Adam(parameters.length, config.learningRate());
  }

  /** He et al., ICCV 2015, for the hidden layers; biases 0. */
  private double[] start(RandomGenerator random) {
    double[] start = new double[shape.size() + tableRows * config.dimension()];
    int width = shape.userWidth() + shape.itemWidth();
    gaussians(start, 0, shape.firstBias(), Math.sqrt(2.0 / width), random);
    gaussians(start, shape.second(), shape.secondBias(), Math.sqrt(2.0 / shape.hidden()), random);
    gaussians(start, shape.output(), shape.outputBias(), Math.sqrt(1.0 / shape.hidden()), random);
    gaussians(start, shape.size(), start.length, EMBEDDING_DEVIATION, random);
    return start;
  }

  private static void gaussians(
      double[] values, int from, int to, double deviation, RandomGenerator random) {
    for (int i = from; i < to; i++) {
      values[i] = deviation * random.nextGaussian();
    }
  }

  double[] parameters() {
    return parameters;
  }

  private MetaGradient gradients() {
    return new MetaGradient(
        shape, config.dimension(), tableRows, config.inner(), config.secondOrder(), config.delta());
  }

  /** One pass over all users in a new order. */
  void epoch(int epoch, RandomGenerator random) {
    List<Integer> order = Shuffled.of(users, random);
    int batches = (order.size() + config.batch() - 1) / config.batch();
    for (int b = 0; b < batches; b++) {
      List<MetaTask> batch = new ArrayList<>();
      for (int at = b * config.batch();
          at < Math.min(order.size(), (b + 1) * config.batch());
          at++) {
        batch.add(sampler.sample(order.get(at), random));
      }
      step(batch, rateAt(epoch + (double) b / batches));
    }
  }

  /** Share of the learning rate: rises over the first epoch, then falls as a cosine. */
  private double rateAt(double epochs) {
    double warm = Math.min(1, (epochs + 0.05) / Math.min(1, config.epochs() / 4.0));
    return warm * 0.5 * (1 + Math.cos(Math.PI * epochs / config.epochs()));
  }

  private void step(List<MetaTask> batch, double rate) {
    MetaGradient.OfTask[] each = new MetaGradient.OfTask[batch.size()];
    tasks.forEach(
        batch.size(), gradients::get, (mine, i) -> each[i] = mine.of(parameters, batch.get(i)));
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (MetaGradient.OfTask one : each) {
      add(one, 1.0 / each.length);
      loss += one.loss() / each.length;
    }
    if (!(loss <= RUNAWAY)) {
      throw new TrainingDivergedException(
          "meta-learning", adam.steps() + 1, config.learningRate(), loss, RUNAWAY);
    }
    adam.step(parameters, gradient, rate, config.decay(), shape.size());
  }

  private void add(MetaGradient.OfTask one, double weight) {
    Kernels.addScaled(weight, one.layers(), 0, gradient, 0, shape.size());
    int d = config.dimension();
    for (int i = 0; i < one.rows().length; i++) {
      Kernels.addScaled(
          weight, one.embeddings(), i * d, gradient, shape.size() + one.rows()[i] * d, d);
    }
  }

  /** Mean loss after adaptation over tasks; nothing is learned. */
  double loss(List<MetaTask> from) {
    double loss = loss(parameters, gradients::get, from);
    if (!(loss <= RUNAWAY)) {
      throw new TrainingDivergedException(
          "meta-learning", adam.steps(), config.learningRate(), loss, RUNAWAY);
    }
    return loss;
  }

  /** Mean loss over tasks of parameters that are not adapted. */
  double unadaptedLoss(double[] of, List<MetaTask> from) {
    InnerLoop none = new InnerLoop(config.inner().part(), 0, config.inner().rate());
    return loss(
        of,
        () ->
            new MetaGradient(
                shape, config.dimension(), tableRows, none, config.secondOrder(), config.delta()),
        from);
  }

  private double loss(double[] of, Supplier<MetaGradient> memory, List<MetaTask> from) {
    double[] losses = new double[from.size()];
    tasks.forEach(from.size(), memory, (mine, i) -> losses[i] = mine.adaptedLoss(of, from.get(i)));
    return Arrays.stream(losses).average().orElse(0);
  }
}
