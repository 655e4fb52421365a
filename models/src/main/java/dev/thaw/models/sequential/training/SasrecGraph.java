package dev.thaw.models.sequential.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.thaw.models.sequential.SasrecShape;
import dev.thaw.models.sequential.SasrecShape.BlockPart;
import dev.thaw.models.sequential.SasrecShape.Rest;

/**
 * SASRec's computation over a batch, by tensors of the engine. Kang and McAuley, ICDM 2018, section
 * 3; of their loss only the form differs, which is the cross-entropy over the whole catalogue
 * instead of one sampled negative.
 */
final class SasrecGraph {
  private static final float EPSILON = 1e-5f;
  private static final float NEVER = -1e9f;

  private final SasrecShape shape;
  private final SequenceBatch batch;
  private final Dropout dropout;

  SasrecGraph(SasrecShape shape, SequenceBatch batch, Dropout dropout) {
    this.shape = shape;
    this.batch = batch;
    this.dropout = dropout;
  }

  /**
   * @return shape [] : mean over all that is foretold
   */
  NDArray loss(NDList parameters) {
    NDArray targets = create(parameters, batch.targets()).reshape(new Shape(-1, 1));
    return logits(parameters).logSoftmax(1).gather(targets, 1).mean().neg();
  }

  /**
   * @return shape [cells that foretell, items]
   */
  NDArray logits(NDList parameters) {
    NDArray states = embedded(parameters);
    NDArray later = later(states.getManager());
    for (int block = 0; block < shape.blocks(); block++) {
      states = states.add(dropout.of(attention(parameters, block, states, later)));
      states = states.add(dropout.of(fed(parameters, block, states)));
    }
    NDArray last =
        normal(
            states,
            parameters.get(shape.index(Rest.FINAL_SCALE)),
            parameters.get(shape.index(Rest.FINAL_SHIFT)));
    NDArray foretelling =
        Rows.of(last.reshape(new Shape(-1, shape.dimension())), create(parameters, batch.cells()));
    return foretelling
        .matMul(parameters.get(shape.index(Rest.ITEMS)).transpose())
        .add(parameters.get(shape.index(Rest.ITEM_BIAS)));
  }

  /** Shape [rows, places, d]. */
  private NDArray embedded(NDList parameters) {
    int d = shape.dimension();
    NDArray items =
        Rows.of(parameters.get(shape.index(Rest.ITEMS)), create(parameters, batch.inputs()))
            .reshape(new Shape(batch.rows(), batch.places(), d));
    NDArray start =
        parameters
            .get(shape.index(Rest.START))
            .reshape(new Shape(1, 1, d))
            .broadcast(new Shape(batch.rows(), 1, d));
    NDArray inputs = batch.places() == 1 ? start : start.concat(items.get(":, 1:, :"), 1);
    NDArray positions = parameters.get(shape.index(Rest.POSITIONS)).get("0:" + batch.places());
    return dropout.of(Autograd.times(inputs, Math.sqrt(d)).add(positions));
  }

  /** Shape [places, places]: what to add so that no place attends to a later one. */
  private NDArray later(NDManager manager) {
    int n = batch.places();
    float[] mask = new float[n * n];
    for (int place = 0; place < n; place++) {
      for (int other = place + 1; other < n; other++) {
        mask[place * n + other] = NEVER;
      }
    }
    return manager.create(mask, new Shape(n, n));
  }

  private NDArray attention(NDList parameters, int block, NDArray states, NDArray later) {
    NDArray normal =
        normal(
            states,
            part(parameters, block, BlockPart.ATTENTION_SCALE),
            part(parameters, block, BlockPart.ATTENTION_SHIFT));
    NDArray queries = normal.matMul(part(parameters, block, BlockPart.QUERY));
    NDArray keys = normal.matMul(part(parameters, block, BlockPart.KEY));
    NDArray values = normal.matMul(part(parameters, block, BlockPart.VALUE));
    return Autograd.times(queries.matMul(keys.transpose(0, 2, 1)), 1 / Math.sqrt(shape.dimension()))
        .add(later)
        .softmax(2)
        .matMul(values);
  }

  private NDArray fed(NDList parameters, int block, NDArray states) {
    NDArray normal =
        normal(
            states,
            part(parameters, block, BlockPart.FEED_SCALE),
            part(parameters, block, BlockPart.FEED_SHIFT));
    NDArray inner =
        normal
            .matMul(part(parameters, block, BlockPart.INNER))
            .add(part(parameters, block, BlockPart.INNER_BIAS))
            .getNDArrayInternal()
            .relu();
    return dropout
        .of(inner)
        .matMul(part(parameters, block, BlockPart.OUTER))
        .add(part(parameters, block, BlockPart.OUTER_BIAS));
  }

  private NDArray normal(NDArray states, NDArray scale, NDArray shift) {
    Shape of = new Shape(shape.dimension());
    return states
        .getNDArrayInternal()
        .layerNorm(states, of, scale.reshape(of), shift.reshape(of), EPSILON)
        .singletonOrThrow();
  }

  private static NDArray part(NDList parameters, int block, BlockPart part) {
    return parameters.get(SasrecShape.index(block, part));
  }

  private static NDArray create(NDList parameters, long[] values) {
    return parameters.head().getManager().create(values);
  }
}
