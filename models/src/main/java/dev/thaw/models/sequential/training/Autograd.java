package dev.thaw.models.sequential.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.thaw.models.sequential.ParameterLayout;
import java.util.List;
import java.util.function.Function;

/**
 * Values and gradients of functions of a network's parameters, by DJL's PyTorch engine on the
 * processor. Everything of a call is freed at its end. The engine collects gradients of one call at
 * a time in a JVM, so calls wait for each other.
 */
final class Autograd {
  private static final String ENGINE = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final Object ONE_AT_A_TIME = new Object();

  static {
    // in one thread sums are the same whatever else the machine does, if not on processors of other
    // instructions, and steps as short as these don't wait for each other's ends on a busy one;
    // read when the engine is loaded
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, "1");
    }
  }

  private Autograd() {}

  /**
   * @param gradient by the parameters, in their order
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Descent(double loss, float[] gradient) {}

  /**
   * @param loss of the parameters' matrices: a single number
   * @throws IllegalStateException if the engine is not there
   */
  static Descent descent(
      ParameterLayout layout, float[] parameters, Function<NDList, NDArray> loss) {
    synchronized (ONE_AT_A_TIME) {
      try (NDManager call = manager()) {
        NDArray flat = call.create(parameters);
        flat.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getEngine(ENGINE).newGradientCollector()) {
          NDArray value = loss.apply(matrices(layout, flat));
          collector.backward(value);
          return new Descent(value.getFloat(), flat.getGradient().toFloatArray());
        }
      }
    }
  }

  /**
   * @return the function's numbers, row by row
   * @throws IllegalStateException if the engine is not there
   */
  static float[] value(ParameterLayout layout, float[] parameters, Function<NDList, NDArray> of) {
    try (NDManager call = manager()) {
      return of.apply(matrices(layout, call.create(parameters))).toFloatArray();
    }
  }

  /**
   * An array times a number. The engine's own product with a number frees the number at once, which
   * the gradient needs later: it then is whatever came to stand in its place.
   */
  static NDArray times(NDArray values, double number) {
    return values.mul(values.getManager().create(new float[] {(float) number}));
  }

  private static NDManager manager() {
    try {
      return NDManager.newBaseManager(Device.cpu(), ENGINE);
    } catch (EngineException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "sequential models are trained by DJL's PyTorch engine, which can't be loaded: needs"
              + " pytorch-engine, pytorch-jni and pytorch-native-cpu on the class path",
          e);
    }
  }

  /** Views of the flat array: one split, so that there is one gradient. */
  private static NDList matrices(ParameterLayout layout, NDArray flat) {
    List<ParameterLayout.Matrix> shapes = layout.matrices();
    long[] ends = new long[shapes.size() - 1];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = layout.offset(i + 1);
    }
    NDList parts = flat.split(ends, 0);
    NDList matrices = new NDList();
    for (int i = 0; i < shapes.size(); i++) {
      matrices.add(parts.get(i).reshape(new Shape(shapes.get(i).rows(), shapes.get(i).columns())));
    }
    return matrices;
  }
}
