package dev.thaw.models.sequential.training;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;

/**
 * Leaves out a share of numbers and scales the others up, Srivastava et al., JMLR 2014. Drawn here
 * and not by the engine, whose generator is one for the process.
 */
interface Dropout {
  /** As a model answers. */
  Dropout NONE = values -> values;

  NDArray of(NDArray values);

  /** Of each number by itself; the share is rounded to 1/256. */
  static Dropout of(double share, RandomGenerator random) {
    int dropped = (int) Math.round(share * 256);
    if (dropped == 0) {
      return NONE;
    }
    float kept = 256f / (256 - Math.min(255, dropped));
    return values -> {
      float[] mask = new float[Math.toIntExact(values.size())];
      long bits = 0;
      for (int i = 0; i < mask.length; i++) {
        bits = i % 8 == 0 ? random.nextLong() : bits >>> 8;
        mask[i] = (bits & 0xff) < dropped ? 0 : kept;
      }
      return values.mul(values.getManager().create(mask).reshape(values.getShape()));
    };
  }
}
