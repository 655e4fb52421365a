package dev.thaw.models.sequential;

import dev.thaw.models.sequential.SasrecShape.BlockPart;
import dev.thaw.models.sequential.SasrecShape.Rest;

/**
 * The forward pass for one sequence, in plain Java: what training computes by tensors, without
 * dropout. O(blocks (n d^2 + n^2 d)) for a sequence of n items. Immutable, thread-safe.
 */
final class SasrecForward {
  static final float EPSILON = 1e-5f;

  private final SasrecShape shape;
  private final ParameterLayout layout;
  private final float[] parameters;

  /**
   * @param parameters in the layout of the shape; not copied
   */
  SasrecForward(SasrecShape shape, float[] parameters) {
    this.shape = shape;
    this.layout = shape.layout();
    this.parameters = parameters;
  }

  /** Writes the logit of each item to come next after these, oldest first. */
  void logits(int[] sequence, float[] out) {
    int d = shape.dimension();
    float[] last = lastState(sequence);
    int bias = layout.offset(shape.index(Rest.ITEM_BIAS));
    int items = layout.offset(shape.index(Rest.ITEMS));
    for (int item = 0; item < out.length; item++) {
      float sum = 0;
      for (int i = 0, at = items + item * d; i < d; i++, at++) {
        sum += last[i] * parameters[at];
      }
      out[item] = sum + parameters[bias + item];
    }
  }

  private float[] lastState(int[] sequence) {
    int d = shape.dimension();
    float[][] states = embedded(sequence);
    for (int block = 0; block < shape.blocks(); block++) {
      attend(block, states);
      for (float[] state : states) {
        feedForward(block, state);
      }
    }
    float[] last = new float[d];
    normalise(
        states[states.length - 1],
        layout.offset(shape.index(Rest.FINAL_SCALE)),
        layout.offset(shape.index(Rest.FINAL_SHIFT)),
        last);
    return last;
  }

  private float[][] embedded(int[] sequence) {
    int d = shape.dimension();
    float scale = (float) Math.sqrt(d);
    int items = layout.offset(shape.index(Rest.ITEMS));
    int start = layout.offset(shape.index(Rest.START));
    int positions = layout.offset(shape.index(Rest.POSITIONS));
    float[][] states = new float[sequence.length + 1][d];
    for (int place = 0; place < states.length; place++) {
      int from = place == 0 ? start : items + sequence[place - 1] * d;
      for (int i = 0; i < d; i++) {
        states[place][i] = scale * parameters[from + i] + parameters[positions + place * d + i];
      }
    }
    return states;
  }

  /** Adds to each place what it attends to among itself and those before: equations 2 to 4. */
  private void attend(int block, float[][] states) {
    int d = shape.dimension();
    int n = states.length;
    float[][] queries = new float[n][d];
    float[][] keys = new float[n][d];
    float[][] values = new float[n][d];
    float[] normal = new float[d];
    for (int place = 0; place < n; place++) {
      normalise(
          states[place],
          offset(block, BlockPart.ATTENTION_SCALE),
          offset(block, BlockPart.ATTENTION_SHIFT),
          normal);
      multiply(normal, offset(block, BlockPart.QUERY), queries[place]);
      multiply(normal, offset(block, BlockPart.KEY), keys[place]);
      multiply(normal, offset(block, BlockPart.VALUE), values[place]);
    }
    float[] weights = new float[n];
    float scale = (float) (1 / Math.sqrt(d));
    for (int place = 0; place < n; place++) {
      for (int other = 0; other <= place; other++) {
        weights[other] = scale * dot(queries[place], keys[other]);
      }
      Softmax.of(weights, place + 1);
      for (int other = 0; other <= place; other++) {
        addScaled(weights[other], values[other], states[place]);
      }
    }
  }

  /** Adds the point-wise network: equation 5. */
  private void feedForward(int block, float[] state) {
    int d = shape.dimension();
    float[] normal = new float[d];
    normalise(
        state, offset(block, BlockPart.FEED_SCALE), offset(block, BlockPart.FEED_SHIFT), normal);
    float[] inner = new float[d];
    multiply(normal, offset(block, BlockPart.INNER), inner);
    int bias = offset(block, BlockPart.INNER_BIAS);
    for (int i = 0; i < d; i++) {
      inner[i] = Math.max(0, inner[i] + parameters[bias + i]);
    }
    float[] outer = new float[d];
    multiply(inner, offset(block, BlockPart.OUTER), outer);
    bias = offset(block, BlockPart.OUTER_BIAS);
    for (int i = 0; i < d; i++) {
      state[i] += outer[i] + parameters[bias + i];
    }
  }

  private int offset(int block, BlockPart part) {
    return layout.offset(SasrecShape.index(block, part));
  }

  /** Layer normalisation, Ba et al. 2016. */
  private void normalise(float[] state, int scale, int shift, float[] out) {
    double mean = 0;
    for (float value : state) {
      mean += value;
    }
    mean /= state.length;
    double variance = 0;
    for (float value : state) {
      variance += (value - mean) * (value - mean);
    }
    double times = 1 / Math.sqrt(variance / state.length + EPSILON);
    for (int i = 0; i < state.length; i++) {
      out[i] = (float) ((state[i] - mean) * times) * parameters[scale + i] + parameters[shift + i];
    }
  }

  /** A row vector times a square matrix. */
  private void multiply(float[] row, int matrix, float[] out) {
    int d = row.length;
    java.util.Arrays.fill(out, 0);
    for (int i = 0; i < d; i++) {
      float value = row[i];
      for (int j = 0, at = matrix + i * d; j < d; j++, at++) {
        out[j] += value * parameters[at];
      }
    }
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(float weight, float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += weight * from[i];
    }
  }
}
