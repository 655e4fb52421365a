package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ranks by what was answered in onboarding, whatever the answer: the ridge regression (Hoerl and
 * Kennard 1970) of whether an item is liked on which of the items asked about are. With n users,
 * the counts c of those who like an item and C of those who like two,
 *
 * <pre>
 * score(i) = c_i / n + sum_a w_a (C_ai - c_a c_i / n),  (C_AA - c_A c_A' / n + ridge I) w = x - c_A / n
 * </pre>
 *
 * where A are the items asked about and those liked besides, and x is 1 for the liked ones of them.
 * EASE is the same with all items for A: it takes what nobody asked about for not liked. Only
 * answers about the most liked items are understood. An item of A itself is scored by the others of
 * A, as one that is not known may still be liked: x_i - w_i / P_ii with P the inverse, as block
 * inversion gives it. O(A^3 + A items). Immutable, thread-safe.
 */
final class AnswerRegression implements LikesRanker {
  static final String NAME = "answer-regression";
  private static final int FORMAT = 1;

  /** Pairs of items that a model may hold. */
  private static final int MAX_PAIRS = 8_000_000;

  private final DomainId domain;
  private final ItemDictionary items;
  private final RatingScale scale;
  private final AnswerRegressionConfig config;
  private final int users;
  private final float[] counts;

  /** By item whose answer is understood: how many users like it and another one. */
  private final Map<Integer, SparseRow> pairs;

  private AnswerRegression(
      DomainId domain,
      ItemDictionary items,
      RatingScale scale,
      AnswerRegressionConfig config,
      int users,
      float[] counts,
      Map<Integer, SparseRow> pairs) {
    this.domain = domain;
    this.items = items;
    this.scale = scale;
    this.config = config;
    this.users = users;
    this.counts = counts;
    this.pairs = pairs;
  }

  /**
   * O(questions x entries of an item's users). Of catalogues of more than 16,000 items fewer
   * answers are understood than configured.
   *
   * @param positives interactions that the users liked
   */
  static AnswerRegression fit(
      AnswerRegressionConfig config, Interactions positives, RatingScale scale) {
    CoOccurrences together = new CoOccurrences(positives, length -> 1);
    int size = positives.items().size();
    float[] counts = new float[size];
    for (int item = 0; item < size; item++) {
      counts[item] = positives.columnLength(item);
    }
    Map<Integer, SparseRow> pairs = new TreeMap<>();
    WeightRow row = new WeightRow(size);
    IntStream.range(0, size)
        .filter(item -> counts[item] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer item) -> -counts[item]))
        .limit(Math.min(config.questions(), Math.max(1, MAX_PAIRS / Math.max(1, size))))
        .forEach(
            item -> {
              row.clear();
              together.with(item, row);
              pairs.put(item, SparseRow.of(row, size));
            });
    return new AnswerRegression(
        positives.domain(), positives.items(), scale, config, together.users(), counts, pairs);
  }

  @Override
  public DomainId domain() {
    return domain;
  }

  @Override
  public RatingScale scale() {
    return scale;
  }

  @Override
  public AnswerRegressionConfig config() {
    return config;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  @Override
  public boolean knows(int item) {
    return counts[item] > 0;
  }

  /** Answers of the history that it understands, whatever they say. */
  int answers(History history) {
    int answers = 0;
    for (ItemId asked : history.asked()) {
      answers += pairs.containsKey(items.indexOf(asked)) ? 1 : 0;
    }
    return answers;
  }

  @Override
  public void score(History history, float[] out) {
    List<Answer> answers = understood(history);
    Solution solution = answers.isEmpty() ? Solution.NONE : solve(answers);
    double[] weights = solution.weights;
    double expected = 0;
    for (int a = 0; a < weights.length; a++) {
      expected += weights[a] * counts[answers.get(a).item];
    }
    float share = (float) ((1 - expected) / Math.max(1, users));
    for (int item = 0; item < out.length; item++) {
      out[item] = share * counts[item];
    }
    for (int a = 0; a < weights.length; a++) {
      answers.get(a).together.addTo(out, (float) weights[a]);
    }
    for (int a = 0; a < weights.length; a++) {
      Answer answer = answers.get(a);
      out[answer.item] = (float) (answer.value() - weights[a] / solution.precisions[a]);
    }
    for (int item = 0; item < out.length; item++) {
      out[item] = knows(item) ? out[item] : Float.NEGATIVE_INFINITY;
    }
  }

  /**
   * @param together users who like the item and another one
   */
  private record Answer(int item, SparseRow together, boolean liked) {
    int value() {
      return liked ? 1 : 0;
    }
  }

  /**
   * One of each answer.
   *
   * @param precisions diagonal of the inverse covariance
   */
  private record Solution(double[] weights, double[] precisions) {
    static final Solution NONE = new Solution(new double[0], new double[0]);
  }

  private List<Answer> understood(History history) {
    Map<Integer, Boolean> liked = new LinkedHashMap<>();
    history.asked().forEach(item -> liked.put(items.indexOf(item), false));
    history.entries().stream()
        .filter(this::counts)
        .forEach(entry -> liked.put(items.indexOf(entry.item()), true));
    List<Answer> answers = new ArrayList<>();
    liked.forEach(
        (item, isLiked) -> {
          SparseRow together = pairs.get(item);
          if (together != null) {
            answers.add(new Answer(item, together, isLiked));
          }
        });
    return answers;
  }

  private Solution solve(List<Answer> answers) {
    int size = answers.size();
    DMatrixRMaj covariance = new DMatrixRMaj(size, size);
    DMatrixRMaj surprise = new DMatrixRMaj(size, 1);
    for (int a = 0; a < size; a++) {
      Answer answer = answers.get(a);
      double share = (double) counts[answer.item] / users;
      for (int b = 0; b < size; b++) {
        int other = answers.get(b).item;
        covariance.set(a, b, answer.together.get(other) - share * counts[other]);
      }
      covariance.add(a, a, config.ridge());
      surprise.set(a, 0, answer.value() - share);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
    if (!solver.setA(covariance)) {
      throw new ArithmeticException(
          "covariance of " + size + " answers with ridge " + config.ridge() + " must be positive");
    }
    DMatrixRMaj weights = new DMatrixRMaj(size, 1);
    solver.solve(surprise, weights);
    DMatrixRMaj inverse = new DMatrixRMaj(size, size);
    solver.invert(inverse);
    return new Solution(
        weights.data, IntStream.range(0, size).mapToDouble(a -> inverse.get(a, a)).toArray());
  }

  /** All of the model; {@link #read} gives an equal one. */
  void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    out.writeDouble(config.ridge()).writeCount(config.questions()).writeCount(users);
    items.write(out);
    FloatArrays.write(out, counts);
    out.writeCount(pairs.size());
    pairs.forEach(
        (item, row) -> {
          out.writeCount(item);
          row.write(out);
        });
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  static AnswerRegression read(BinaryReader in) {
    in.expect(FORMAT, "format");
    DomainId domain = DomainId.of(in.readText());
    RatingScale scale = RatingScale.read(in);
    AnswerRegressionConfig config =
        new AnswerRegressionConfig(in.readDouble(), Math.toIntExact(in.readCount()));
    int users = Math.toIntExact(in.readCount());
    ItemDictionary items = ItemDictionary.read(in);
    float[] counts = FloatArrays.read(in);
    if (counts.length != items.size()) {
      throw in.damaged(counts.length + " popularities of " + items.size() + " items");
    }
    Map<Integer, SparseRow> pairs = new TreeMap<>();
    int size = in.readSize(2);
    for (int p = 0; p < size; p++) {
      long item = in.readCount();
      if (item >= items.size() || pairs.put((int) item, SparseRow.read(in, items.size())) != null) {
        throw in.damaged("pairs of item " + item + " of " + items.size());
      }
    }
    return new AnswerRegression(domain, items, scale, config, users, counts, pairs);
  }

  @Override
  public String toString() {
    return "AnswerRegression[" + domain + ", " + config + ", " + pairs.size() + " questions]";
  }
}
