package dev.thaw.models.meta;

import java.util.Arrays;
import java.util.List;

/**
 * A task's own parameters: the decision layers and the embedding rows that its bags name, in one
 * flat array {@code [theta, rows]}, so that a task costs nothing for all other rows. One thread.
 */
final class LocalTask {
  private final NetworkShape shape;
  private final int dimension;
  private final int[] slotOf;
  private int[] rows = new int[64];
  private int count;
  private MetaTask task = new MetaTask(Bag.EMPTY, List.of(), new double[0], 0);

  /**
   * @param dimension of an embedding row
   * @param tableRows in the embedding table
   */
  LocalTask(NetworkShape shape, int dimension, int tableRows) {
    this.shape = shape;
    this.dimension = dimension;
    this.slotOf = new int[tableRows];
    Arrays.fill(slotOf, -1);
  }

  /** Turns to another task. */
  void enter(MetaTask next) {
    for (int i = 0; i < count; i++) {
      slotOf[rows[i]] = -1;
    }
    count = 0;
    task = next;
    add(next.user());
    next.items().forEach(this::add);
  }

  private void add(Bag bag) {
    for (int e = 0; e < bag.size(); e++) {
      int row = bag.row(e);
      if (slotOf[row] < 0) {
        if (count == rows.length) {
          rows = Arrays.copyOf(rows, 2 * count);
        }
        slotOf[row] = count;
        rows[count++] = row;
      }
    }
  }

  /** Number of parameters. */
  int size() {
    return shape.size() + count * dimension;
  }

  /** Global numbers of the embedding rows, in local order; a copy. */
  int[] rows() {
    return Arrays.copyOf(rows, count);
  }

  /** Copies the task's part of all parameters {@code [theta, table]}. */
  void gather(double[] all, double[] local) {
    System.arraycopy(all, 0, local, 0, shape.size());
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          all, shape.size() + rows[i] * dimension, local, shape.size() + i * dimension, dimension);
    }
  }

  /** The inputs of some items of the task under local parameters, or tangents of them. */
  void embed(double[] local, int from, int to, Inputs into) {
    into.clear(to - from);
    embed(local, task.user(), into.user());
    for (int i = from; i < to; i++) {
      embed(local, task.items().get(i), into.items()[i - from]);
    }
  }

  private void embed(double[] local, Bag bag, double[] input) {
    for (int e = 0; e < bag.size(); e++) {
      int row = shape.size() + slotOf[bag.row(e)] * dimension;
      Kernels.addScaled(bag.weight(e), local, row, input, bag.place(e), dimension);
    }
  }

  /** Adds the gradient of inputs to that of the embedding rows. */
  void scatter(Inputs gradient, int from, int to, double[] local) {
    scatter(task.user(), gradient.user(), local);
    for (int i = from; i < to; i++) {
      scatter(task.items().get(i), gradient.items()[i - from], local);
    }
  }

  private void scatter(Bag bag, double[] input, double[] local) {
    for (int e = 0; e < bag.size(); e++) {
      int row = shape.size() + slotOf[bag.row(e)] * dimension;
      Kernels.addScaled(bag.weight(e), input, bag.place(e), local, row, dimension);
    }
  }
}
