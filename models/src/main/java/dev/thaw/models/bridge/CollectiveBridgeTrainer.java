package dev.thaw.models.bridge;

import dev.thaw.models.factors.CollectiveFactors;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.kernel.RankingSpace;
import java.util.random.RandomGenerator;

/**
 * Trains a {@link CollectiveBridge} with the parameters of the target's factors, without the likes
 * of who is not to be learned from. Items that nobody likes have no place.
 */
record CollectiveBridgeTrainer(int sweeps, int threads) implements BridgeCandidate {

  @Override
  public CollectiveBridge fit(
      BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random) {
    CollectiveFactors joint =
        FactorTrainers.collectiveLike(targetModel, sweeps, threads)
            .fit(
                data.source().where(data.sourceModel().scale()::isPositive),
                data.sourceModel().scale(),
                overlap.known(data).where(targetModel.scale()::isPositive),
                targetModel.scale(),
                random);
    FactorModel items = joint.target();
    RankingSpace space =
        RankingSpace.of(
            targetModel.items(),
            items.rank() + 1,
            item -> {
              float[] vector = items.indexVector(item);
              return vector == null ? new float[items.rank() + 1] : vector;
            });
    return new CollectiveBridge(joint.source(), OwnSpace.of(space, data, overlap, targetModel));
  }
}
