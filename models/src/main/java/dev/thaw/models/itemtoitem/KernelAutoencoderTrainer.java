package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.kernel.AttributeKernel;
import dev.thaw.models.kernel.HistoryKernel;
import dev.thaw.models.kernel.RankingSpace;
import dev.thaw.models.kernel.ReducedRankRidge;
import dev.thaw.models.kernel.TargetRow;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Trains a {@link KernelAutoencoder} on the question that it is asked: from the first 1, 3, 5, 10
 * or 20 likes of a user, two of these lengths drawn for each, to all that the user liked after
 * them. Where the likes have no order, to the likes that were not drawn. Of more users than there
 * may be rows for, some are drawn. O(rows^3 + rows^2 rank + items rank^2).
 */
public final class KernelAutoencoderTrainer {
  private static final List<Integer> LENGTHS = List.of(1, 3, 5, 10, 20);
  private static final int ROWS_PER_USER = 2;

  private final KernelAutoencoderConfig config;
  private final RatingScale scale;

  /**
   * @param scale says which items of a history are liked
   */
  public KernelAutoencoderTrainer(KernelAutoencoderConfig config, RatingScale scale) {
    this.config = config;
    this.scale = scale;
  }

  /** First likes of a user and those that followed. */
  private record Row(UserId user, History first, History rest) {}

  /** Whether anybody likes two items. */
  public static boolean canLearn(Interactions positives) {
    return !able(positives).isEmpty();
  }

  /** Users by number who like more than the least that is given. */
  private static List<Integer> able(Interactions positives) {
    return IntStream.range(0, positives.users().size())
        .filter(user -> positives.rowLength(user) > LENGTHS.get(0))
        .boxed()
        .toList();
  }

  /**
   * @param positives interactions that the users liked
   * @param attributes of users: who shares them is more alike
   * @throws IllegalArgumentException if nobody likes two items
   */
  public KernelAutoencoder fit(
      Interactions positives, UserAttributes attributes, RandomGenerator random) {
    List<Row> rows = rows(positives, random);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody likes two items of " + positives.domain() + ": nothing to learn from");
    }
    HistoryKernel kernel =
        HistoryKernel.of(positives.items(), scale, rows.stream().map(Row::first).toList());
    AttributeKernel alike =
        AttributeKernel.of(config.gamma(), attributes, rows.stream().map(Row::user).toList());
    DMatrixRMaj matrix = kernel.matrix();
    alike.multiply(matrix);
    List<TargetRow> targets =
        rows.stream().map(row -> TargetRow.of(row.rest, positives.items(), scale)).toList();
    ReducedRankRidge.Solution solution =
        new ReducedRankRidge(matrix, matrix, targets, positives.items().size(), config.lambda())
            .solve(config.rank(), random);
    RankingSpace space =
        new RankingSpace(
            positives.items(),
            solution.items().numCols,
            FloatArrays.rounded(solution.items().data));
    return new KernelAutoencoder(
        positives.domain(),
        scale,
        config,
        kernel,
        alike,
        space,
        FloatArrays.rounded(solution.coefficients().data));
  }

  private List<Row> rows(Interactions positives, RandomGenerator random) {
    List<Row> rows = new ArrayList<>();
    for (int number : Shuffled.of(able(positives), random)) {
      if (rows.size() == config.rows()) {
        break;
      }
      UserId user = positives.users().get(number);
      List<History.Entry> inOrder = positives.oldestFirst(user, random);
      List<Integer> lengths = LENGTHS.stream().filter(length -> length < inOrder.size()).toList();
      Shuffled.of(lengths, random).stream()
          .limit(Math.min(ROWS_PER_USER, config.rows() - rows.size()))
          .forEach(length -> rows.add(row(user, inOrder, length)));
    }
    return rows;
  }

  private static Row row(UserId user, List<History.Entry> inOrder, int length) {
    // the model holds them, and needs no order of them
    List<History.Entry> first =
        inOrder.subList(0, length).stream()
            .sorted(Comparator.comparing((History.Entry entry) -> entry.item().value()))
            .toList();
    return new Row(
        user,
        new History(length, first),
        new History(inOrder.size() - length, inOrder.subList(length, inOrder.size())));
  }
}
