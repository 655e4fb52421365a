package dev.thaw.models.sequential.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.training.Adam;
import dev.thaw.models.training.EarlyStopping;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Gradient descent in epochs over users' sequences, ended by users held out. */
final class EpochDescent {
  private static final double HELD_OUT = 0.1;
  private static final int MIN_HELD_OUT = 20;
  private static final int MAX_HELD_OUT = 500;

  private final Network network;
  private final LikedSequences data;
  private final String what;
  private final Steps steps;
  private final TrainingProgress progress;

  /**
   * @param decayFrom the first of the parameters that decay
   * @param runaway the most that a loss may be
   */
  record Steps(
      double learningRate, double decay, int decayFrom, int epochs, int patience, double runaway) {}

  /**
   * @param weight of its loss in a mean
   * @param loss of the parameters' matrices, a single number
   */
  record Step(int weight, Function<NDList, NDArray> loss) {}

  EpochDescent(Network network, LikedSequences data, TrainingProgress progress) {
    this.network = network;
    this.data = data;
    this.what = network.name() + " of " + data.domain();
    this.steps = network.steps();
    this.progress = progress;
  }

  /**
   * Parameters are drawn after who is held out: of one seed the same users, whatever the network.
   *
   * @throws TrainingDivergedException if a loss runs away
   * @throws IllegalArgumentException if there is no sequence
   */
  TrainedNetwork run(RandomGenerator random) {
    if (data.sequences().isEmpty()) {
      throw new IllegalArgumentException(data + " must have a user with at least 2 likes");
    }
    List<int[]> users = Shuffled.of(data.sequences(), random);
    int held = (int) Math.min(MAX_HELD_OUT, users.size() * HELD_OUT);
    held = held < MIN_HELD_OUT ? 0 : held;
    List<Step> judges = held == 0 ? List.of() : network.heldOut(users.subList(0, held), random);
    List<int[]> learned = users.subList(held, users.size());

    double[] parameters = network.start(data.counts(), random);
    Adam adam = new Adam(parameters.length, steps.learningRate());
    EarlyStopping best = new EarlyStopping(parameters);
    judge(judges, parameters, best, adam);
    for (int e = 1; e <= steps.epochs(); e++) {
      for (Step step : network.epoch(learned, random)) {
        descend(step, parameters, adam);
      }
      judge(judges, parameters, best, adam);
      progress.step(what, e, steps.epochs());
      if (!judges.isEmpty() && best.sinceBest() >= steps.patience()) {
        break;
      }
    }
    if (judges.isEmpty()) {
      return new TrainedNetwork(network.model(data, floats(parameters)), List.of(), Map.of());
    }
    return new TrainedNetwork(
        network.model(data, floats(best.parameters())),
        best.losses(),
        Map.of(
            "held_out_users",
            (double) held,
            "epoch",
            best.bestOffer() - 1.0,
            "held_out_loss",
            best.losses().get(best.bestOffer() - 1),
            "held_out_start_loss",
            best.losses().get(0)));
  }

  private void descend(Step step, double[] parameters, Adam adam) {
    Autograd.Descent descent = Autograd.descent(network.layout(), floats(parameters), step.loss());
    require(descent.loss(), adam.steps() + 1);
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = descent.gradient()[i];
    }
    adam.step(parameters, gradient, 1, steps.decay(), steps.decayFrom());
  }

  private void judge(List<Step> judges, double[] parameters, EarlyStopping best, Adam adam) {
    if (judges.isEmpty()) {
      return;
    }
    float[] now = floats(parameters);
    double sum = 0;
    long weight = 0;
    for (Step judge : judges) {
      sum += judge.weight() * (double) Autograd.value(network.layout(), now, judge.loss())[0];
      weight += judge.weight();
    }
    double loss = sum / weight;
    require(loss, adam.steps());
    best.offer(parameters, loss);
  }

  private void require(double loss, int step) {
    if (!(loss <= steps.runaway())) {
      throw new TrainingDivergedException(what, step, steps.learningRate(), loss, steps.runaway());
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
