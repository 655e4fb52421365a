package dev.thaw.models.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of a task's query after the inner loop, and its gradient by the parameters before it.
 * Finn, Abbeel and Levine, ICML 2017, eq. 1: {@code L_q(theta - alpha dL_s(theta))}. The exact
 * gradient goes back through each step with {@code g <- g - alpha H g}; the product with the
 * Hessian also gives what flows through the inner gradients into the embeddings. The first-order
 * gradient (FOMAML, section 5.2) leaves out these terms and no others.
 *
 * <p>Holds the memory of one thread. O((1 + 3 steps) * ratings * parameters).
 */
final class MetaGradient {
  private final NetworkShape shape;
  private final InnerLoop inner;
  private final boolean secondOrder;
  private final double delta;
  private final LocalTask local;
  private final List<Step> steps = new ArrayList<>();
  private final Step query;
  private final Inputs moving;
  private final Inputs toInputs;
  private double[] gradient = new double[0];
  private double[] direction = new double[0];

  /** Parameters, inputs and activations at one step of the inner loop. */
  private static final class Step {
    final Inputs inputs;
    final DecisionLayers layers;
    double[] parameters = new double[0];
    double[] toOut = new double[0];

    Step(NetworkShape shape) {
      inputs = new Inputs(shape);
      layers = new DecisionLayers(shape);
    }

    void ensure(int size, int rows) {
      if (parameters.length < size) {
        parameters = new double[size + size / 2];
      }
      if (toOut.length < rows) {
        toOut = new double[rows * 2];
      }
    }

    /** The mean squared error; its derivatives by the outputs are in {@code toOut}. */
    double loss(double[] targets, int from) {
      return loss(targets, from, Double.POSITIVE_INFINITY);
    }

    /**
     * The mean of {@code 2 delta^2 (sqrt(1 + (e / delta)^2) - 1)}, which is the squared error of
     * small and proportional to the absolute error of large ones.
     */
    double loss(double[] targets, int from, double delta) {
      double[] out = layers.forward(parameters, inputs);
      int n = inputs.rows();
      double sum = 0;
      for (int r = 0; r < n; r++) {
        double error = out[r] - targets[from + r];
        double root = Math.sqrt(1 + error / delta * (error / delta));
        // the same as above, and right for an infinite delta, too
        sum += 2 * error * error / (1 + root);
        toOut[r] = 2 * error / (root * n);
      }
      return n == 0 ? 0 : sum / n;
    }
  }

  /**
   * @param tableRows in the embedding table
   * @param secondOrder whether the terms of the inner gradients are part of it
   * @param delta from about which error of the query on its size counts and not its square;
   *     infinite for the mean squared error
   */
  MetaGradient(
      NetworkShape shape,
      int dimension,
      int tableRows,
      InnerLoop inner,
      boolean secondOrder,
      double delta) {
    this.shape = shape;
    this.inner = inner;
    this.secondOrder = secondOrder;
    this.delta = delta;
    this.local = new LocalTask(shape, dimension, tableRows);
    for (int k = 0; k < inner.steps(); k++) {
      steps.add(new Step(shape));
    }
    this.query = new Step(shape);
    this.moving = new Inputs(shape);
    this.toInputs = new Inputs(shape);
  }

  /**
   * What one task says.
   *
   * @param loss of the query after adaptation
   * @param layers gradient of the decision layers
   * @param rows of the embedding table that have a gradient
   * @param embeddings their gradients, one after the other
   */
  record OfTask(double loss, double[] layers, int[] rows, double[] embeddings) {}

  /**
   * @param all decision layers and embedding table, not changed
   */
  OfTask of(double[] all, MetaTask task) {
    double loss = adaptedLoss(all, task);
    int size = local.size();
    Arrays.fill(gradient, 0, size, 0);
    back(query, task.support(), task.targets().length, 0);
    if (secondOrder && task.support() > 0) {
      for (int k = inner.steps() - 1; k >= 0; k--) {
        throughStep(steps.get(k), task.support(), size);
      }
    }
    return new OfTask(
        loss,
        Arrays.copyOf(gradient, shape.size()),
        local.rows(),
        Arrays.copyOfRange(gradient, shape.size(), size));
  }

  /** The loss alone. */
  double adaptedLoss(double[] all, MetaTask task) {
    adapt(all, task);
    local.embed(query.parameters, task.support(), task.targets().length, query.inputs);
    return query.loss(task.targets(), task.support(), delta);
  }

  /** The network's outputs for the query, after {@link #adaptedLoss}. */
  double[] adaptedOutputs(double[] all, MetaTask task) {
    adaptedLoss(all, task);
    return Arrays.copyOf(query.layers.forward(query.parameters, query.inputs), task.query());
  }

  /**
   * The parameters after the inner loop, {@code [theta, rows]}; only the first {@code theta} have a
   * meaning outside the task.
   */
  double[] adapted(double[] all, MetaTask task) {
    adapt(all, task);
    return Arrays.copyOf(query.parameters, shape.size());
  }

  private void adapt(double[] all, MetaTask task) {
    local.enter(task);
    int size = local.size();
    int most = task.targets().length;
    query.ensure(size, most);
    if (gradient.length < size) {
      gradient = new double[size + size / 2];
      direction = new double[size + size / 2];
    }
    if (inner.steps() == 0 || task.support() == 0) {
      local.gather(all, query.parameters);
      return;
    }
    steps.get(0).ensure(size, most);
    local.gather(all, steps.get(0).parameters);
    for (int k = 0; k < inner.steps(); k++) {
      Step next = k + 1 < inner.steps() ? steps.get(k + 1) : query;
      next.ensure(size, most);
      descend(steps.get(k), next, task, size);
    }
  }

  private void descend(Step at, Step next, MetaTask task, int size) {
    local.embed(at.parameters, 0, task.support(), at.inputs);
    double unused = at.loss(task.targets(), 0);
    Arrays.fill(gradient, 0, size, 0);
    int from = inner.part().from(shape);
    if (inner.part() == AdaptedPart.EVERYTHING) {
      back(at, 0, task.support(), from);
    } else {
      at.layers.backward(at.parameters, at.inputs, at.toOut, from, gradient);
    }
    int to = inner.part().to(shape, size);
    System.arraycopy(at.parameters, 0, next.parameters, 0, size);
    Kernels.addScaled(-inner.rate(), gradient, from, next.parameters, from, to - from);
  }

  /** The gradient of a step's loss by layers and embeddings. */
  private void back(Step at, int from, int to, int firstParameter) {
    toInputs.clear(to - from);
    at.layers.backward(at.parameters, at.inputs, at.toOut, firstParameter, gradient, toInputs);
    local.scatter(toInputs, from, to, gradient);
  }

  /** {@code g <- g - alpha H g}, with the rows of H of what does not adapt, too. */
  private void throughStep(Step at, int support, int size) {
    int from = inner.part().from(shape);
    int to = inner.part().to(shape, size);
    Arrays.fill(direction, 0, size, 0);
    Kernels.addScaled(-inner.rate(), gradient, from, direction, from, to - from);
    boolean inputsMove = inner.part() == AdaptedPart.EVERYTHING;
    if (inputsMove) {
      local.embed(direction, 0, support, moving);
    }
    toInputs.clear(support);
    at.layers.tangent(
        at.parameters,
        direction,
        at.inputs,
        inputsMove ? moving : null,
        at.toOut,
        2.0 / support,
        gradient,
        toInputs);
    local.scatter(toInputs, 0, support, gradient);
  }
}
