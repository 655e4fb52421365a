package dev.thaw.models.bridge;

import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.kernel.HistoryKernel;
import dev.thaw.models.kernel.RankingSpace;
import dev.thaw.models.kernel.ReducedRankRidge;
import dev.thaw.models.kernel.TargetRow;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Trains a {@link KernelBridge} on an even spread of at most {@value #MAX_USERS} overlap users; the
 * directions it keeps are those of as many users of the source, whether they are known in the
 * target or not.
 *
 * @param lambda of the ridge; a user's kernel with itself is one
 * @param rank of the space
 */
record KernelBridgeTrainer(double lambda, int rank) implements BridgeCandidate {
  static final int MAX_USERS = 2_000;

  /**
   * That did best on validation users of the Amazon domains, with 100 overlap users as with 800.
   */
  static final int RANK = 32;

  @Override
  public KernelBridge fit(
      BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random) {
    Overlap learned = overlap.spread(MAX_USERS);
    List<History> histories = IntStream.range(0, learned.size()).mapToObj(learned::source).toList();
    List<TargetRow> targets = new ArrayList<>();
    for (int u = 0; u < learned.size(); u++) {
      targets.add(
          TargetRow.of(
              data.met().history(learned.user(u)), targetModel.items(), targetModel.scale()));
    }
    HistoryKernel kernel =
        HistoryKernel.of(data.source().items(), data.sourceModel().scale(), histories);
    ReducedRankRidge.Solution solution =
        new ReducedRankRidge(
                kernel.matrix(), views(kernel, data), targets, targetModel.items().size(), lambda)
            .solve(rank, random);
    RankingSpace space =
        new RankingSpace(
            targetModel.items(),
            solution.items().numCols,
            FloatArrays.rounded(solution.items().data));
    return new KernelBridge(
        data.source().domain(),
        kernel,
        FloatArrays.rounded(solution.coefficients().data),
        OwnSpace.of(space, data, overlap, targetModel));
  }

  private static DMatrixRMaj views(HistoryKernel kernel, BridgeData data) {
    Interactions source = data.source();
    int users = source.users().size();
    int kept = Math.min(users, MAX_USERS);
    DMatrixRMaj views = new DMatrixRMaj(kept, kernel.size());
    for (int v = 0; v < kept; v++) {
      History history = source.history(source.users().get((int) ((long) v * users / kept)));
      System.arraycopy(
          kernel.of(history, data.sourceModel().scale()),
          0,
          views.data,
          v * kernel.size(),
          kernel.size());
    }
    return views;
  }
}
