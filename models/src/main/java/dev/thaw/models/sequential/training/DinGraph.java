package dev.thaw.models.sequential.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.thaw.models.sequential.DinShape;
import dev.thaw.models.sequential.DinShape.Part;

/**
 * DIN's computation over a batch, by tensors of the engine. Zhou et al., KDD 2018, section 4. Where
 * they tell clicks from what was shown and not clicked, a like is told here from items drawn at
 * random, by the cross-entropy over both.
 */
final class DinGraph {
  private final DinShape shape;
  private final DinBatch batch;

  DinGraph(DinShape shape, DinBatch batch) {
    this.shape = shape;
    this.batch = batch;
  }

  /**
   * @return shape []: mean over the likes
   */
  NDArray loss(NDList parameters) {
    return logits(parameters).logSoftmax(1).get(":, 0").mean().neg();
  }

  /**
   * @return shape [rows, candidates]
   */
  NDArray logits(NDList parameters) {
    NDManager manager = parameters.head().getManager();
    int b = batch.rows();
    int d = shape.dimension();
    int c = batch.candidates().length / b;
    NDArray numbers = manager.create(batch.candidates());
    NDArray items = part(parameters, Part.ITEMS);
    NDArray liked =
        Rows.of(items, manager.create(batch.histories())).reshape(new Shape(b, batch.places(), d));
    NDArray candidates = Rows.of(items, numbers).reshape(new Shape(b, c, d));
    NDArray interest = weights(parameters, liked, candidates).matMul(liked);
    NDArray hidden =
        interest
            .matMul(part(parameters, Part.INTEREST))
            .add(candidates.matMul(part(parameters, Part.CANDIDATE)))
            .add(interest.mul(candidates).matMul(part(parameters, Part.PRODUCT)))
            .add(part(parameters, Part.HIDDEN_BIAS))
            .getNDArrayInternal()
            .relu();
    return hidden
        .matMul(part(parameters, Part.OUTPUT))
        .reshape(new Shape(b, c))
        .add(Rows.of(part(parameters, Part.ITEM_BIAS), numbers).reshape(new Shape(b, c)));
  }

  /** How much each liked item counts for each candidate. Shape [rows, candidates, places]. */
  private NDArray weights(NDList parameters, NDArray liked, NDArray candidates) {
    int b = batch.rows();
    int n = batch.places();
    int d = shape.dimension();
    int h = shape.unit();
    long c = candidates.getShape().get(1);
    NDArray products =
        liked.reshape(new Shape(b, 1, n, d)).mul(candidates.reshape(new Shape(b, c, 1, d)));
    NDArray units =
        products
            .matMul(part(parameters, Part.UNIT_PRODUCT))
            .add(liked.matMul(part(parameters, Part.UNIT_LIKED)).reshape(new Shape(b, 1, n, h)))
            .add(
                candidates
                    .matMul(part(parameters, Part.UNIT_CANDIDATE))
                    .reshape(new Shape(b, c, 1, h)))
            .add(part(parameters, Part.UNIT_BIAS))
            .getNDArrayInternal()
            .relu();
    NDArray present = liked.getManager().create(batch.present(), new Shape(b, 1, n));
    return units
        .matMul(part(parameters, Part.UNIT_OUTPUT))
        .reshape(new Shape(b, c, n))
        .add(part(parameters, Part.UNIT_OUTPUT_BIAS))
        .mul(present);
  }

  private static NDArray part(NDList parameters, Part part) {
    return parameters.get(part.ordinal());
  }
}
