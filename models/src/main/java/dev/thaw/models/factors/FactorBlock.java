package dev.thaw.models.factors;

import dev.thaw.models.binary.Hash64;
import dev.thaw.models.training.RowTasks;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One block of the users or of the items of a model in training, for ALS whose rows lie on several
 * machines: the ids, their entries, biases and factors. Blocks are by hash of the id and their
 * number does not depend on that of machines, so that neither does the result. What a block has to
 * know of the other side comes as rows of one matrix, see {@link BlockEntries}; {@link
 * AlternatingLeastSquares} solves the same equations in one process. The arrays belong to the block
 * and are not changed.
 *
 * @param number of the block
 * @param ofUsers or of items
 * @param ids by row, ascending
 * @param mean mu of the whole model
 * @param bias of each row; empty while not known
 * @param fixedBias of each row of the other side; empty while not known
 * @param unit see {@link BiasModel#deviation}; 1 for implicit models
 * @param factors flat, rows x d; empty while there are none
 */
public record FactorBlock(
    int number,
    boolean ofUsers,
    String[] ids,
    BlockEntries entries,
    double mean,
    double[] bias,
    double[] fixedBias,
    double unit,
    float[] factors) {
  private static final double[] UNKNOWN = {};

  static FactorBlock begun(int number, boolean ofUsers, String[] ids, BlockEntries entries) {
    return new FactorBlock(number, ofUsers, ids, entries, 0, UNKNOWN, UNKNOWN, 1, new float[0]);
  }

  /** Number of the block that a user or an item belongs to. */
  public static int of(String id, int blocks) {
    return (int) Long.remainderUnsigned(Hash64.of(id), blocks);
  }

  /** Sum of the strengths and number of entries. */
  public double[] totals() {
    double sum = 0;
    for (float strength : entries.strength()) {
      sum += strength;
    }
    return new double[] {sum, entries.strength().length};
  }

  /** Of items: with their shrunk rating biases, see {@link BiasModel}. */
  public FactorBlock withItemBiases(double mu, double shrinkage) {
    double[] biases = new double[entries.rows()];
    for (int row = 0; row < biases.length; row++) {
      double sum = 0;
      for (int at = entries.start()[row]; at < entries.start()[row + 1]; at++) {
        sum += entries.strength()[at] - mu;
      }
      biases[row] = BiasModel.itemBias(sum, entries.length(row), shrinkage);
    }
    return new FactorBlock(number, ofUsers, ids, entries, mu, biases, fixedBias, unit, factors);
  }

  /** Of users: with their shrunk rating biases beyond those of the items. */
  public FactorBlock withUserBiases(double mu, double[] items, double shrinkage) {
    requireColumns(items.length, 1);
    double[] biases = new double[entries.rows()];
    for (int row = 0; row < biases.length; row++) {
      double sum = 0;
      for (int at = entries.start()[row]; at < entries.start()[row + 1]; at++) {
        sum += entries.strength()[at] - mu - items[entries.column()[at]];
      }
      biases[row] = sum / (entries.length(row) + shrinkage);
    }
    return new FactorBlock(number, ofUsers, ids, entries, mu, biases, items, unit, factors);
  }

  /** With the biases of the other side, in the order of its rows. */
  public FactorBlock withFixedBiases(double[] biases) {
    requireColumns(biases.length, 1);
    return new FactorBlock(number, ofUsers, ids, entries, mean, bias, biases, unit, factors);
  }

  /** Sum of squares of what the biases leave, and number of entries. */
  public double[] squares() {
    double squares = 0;
    for (int row = 0; row < entries.rows(); row++) {
      for (int at = entries.start()[row]; at < entries.start()[row + 1]; at++) {
        double left = residual(row, at);
        squares += left * left;
      }
    }
    return new double[] {squares, entries.strength().length};
  }

  /**
   * @param squares of all blocks of users, as of {@link #squares}, added up
   */
  public FactorBlock withUnit(double[] squares) {
    double root = BiasModel.deviation(squares[0], squares[1]);
    return new FactorBlock(number, ofUsers, ids, entries, mean, bias, fixedBias, root, factors);
  }

  /** Of users: with the factors that training begins with. */
  public FactorBlock begin(AlsParameters parameters, long seed) {
    int rank = parameters.rank();
    float[] begun = new float[entries.rows() * rank];
    double deviation = parameters.initialDeviation(unit);
    for (int row = 0; row < entries.rows(); row++) {
      HalfStep.begin(begun, row, rank, deviation, seed, ids[row]);
    }
    return withFactors(begun);
  }

  /**
   * The part of these rows in the {@link Gram} matrix of their side; empty for explicit models,
   * which need none.
   */
  public double[] gram(AlsParameters parameters) {
    return parameters.kind() == FactorKind.IMPLICIT
        ? Gram.of(factors, parameters.rank(), 0)
        : UNKNOWN;
  }

  /**
   * One half-step of these rows.
   *
   * @param grams of all blocks of the other side, in the order of these; empty for explicit models
   * @param fixed what the blocks of the other side have sent, one after the other
   */
  public FactorBlock solve(
      AlsParameters parameters, List<double[]> grams, float[] fixed, RowTasks tasks) {
    int rank = parameters.rank();
    requireColumns(fixed.length, rank);
    double[] gram =
        parameters.kind() == FactorKind.IMPLICIT
            ? Gram.of(grams, rank, parameters.lambda())
            : UNKNOWN;
    float[] solved = new float[entries.rows() * rank];
    HalfStep.solve(new Rows(), parameters.rows(unit), gram, fixed, rank, solved, tasks);
    return withFactors(solved);
  }

  /** What the model is put together of: without the entries, of which only the numbers are left. */
  public FactorBlock trained() {
    return new FactorBlock(
        number, ofUsers, ids, entries.counted(), mean, bias, UNKNOWN, unit, factors);
  }

  private void requireColumns(int numbers, int width) {
    if (numbers != entries.columns() * width) {
      throw new IllegalArgumentException(
          "block %d needs %d rows of %d numbers from the other side, had %d numbers"
              .formatted(number, entries.columns(), width, numbers));
    }
  }

  private FactorBlock withFactors(float[] newFactors) {
    return new FactorBlock(number, ofUsers, ids, entries, mean, bias, fixedBias, unit, newFactors);
  }

  /** Numbers of the other blocks that have entries with these rows, and so get them. */
  public int[] neighbours() {
    return IntStream.range(0, entries.others())
        .filter(other -> entries.sentStart()[other + 1] > entries.sentStart()[other])
        .toArray();
  }

  /**
   * The factors that some of the other blocks need.
   *
   * @param receivers which of them lie where this goes
   */
  public SentFactors factorsFor(IntPredicate receivers, int rank) {
    int[] blocks = Arrays.stream(neighbours()).filter(receivers).toArray();
    int[] start = new int[blocks.length + 1];
    for (int b = 0; b < blocks.length; b++) {
      start[b + 1] = start[b] + entries.sentStart()[blocks[b] + 1] - entries.sentStart()[blocks[b]];
    }
    int[] place = new int[start[blocks.length]];
    int[] placeOf = new int[entries.rows()];
    Arrays.fill(placeOf, -1);
    float[] rows = new float[Math.min(place.length, placeOf.length) * rank];
    int size = 0;
    for (int b = 0; b < blocks.length; b++) {
      for (int i = start[b]; i < start[b + 1]; i++) {
        int row = entries.sent()[entries.sentStart()[blocks[b]] + i - start[b]];
        if (placeOf[row] < 0) {
          System.arraycopy(factors, row * rank, rows, size * rank, rank);
          placeOf[row] = size++;
        }
        place[i] = placeOf[row];
      }
    }
    return new SentFactors(blocks, start, place, Arrays.copyOf(rows, size * rank));
  }

  /** The biases that another block needs. */
  public double[] biasesFor(int other) {
    return Arrays.stream(entries.sent(), entries.sentStart()[other], entries.sentStart()[other + 1])
        .mapToDouble(row -> bias[row])
        .toArray();
  }

  private double residual(int row, int entry) {
    double user = ofUsers ? bias[row] : fixedBias[entries.column()[entry]];
    double item = ofUsers ? fixedBias[entries.column()[entry]] : bias[row];
    return entries.strength()[entry] - mean - user - item;
  }

  private final class Rows implements HalfStep.Rows {
    @Override
    public int size() {
      return entries.rows();
    }

    @Override
    public int start(int row) {
      return entries.start()[row];
    }

    @Override
    public int column(int entry) {
      return entries.column()[entry];
    }

    @Override
    public double residual(int row, int entry) {
      return FactorBlock.this.residual(row, entry);
    }
  }
}
