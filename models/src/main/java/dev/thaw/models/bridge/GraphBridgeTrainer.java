package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.graph.BiTgcf;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.kernel.RankingSpace;
import java.util.random.RandomGenerator;

/** Trains a {@link GraphBridge}: the graph lacks the likes of who is not to be learned from. */
record GraphBridgeTrainer(BiTgcfTrainer trainer) implements BridgeCandidate {

  @Override
  public GraphBridge fit(
      BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random) {
    BiTgcf graph = trainer.fit(data.source(), overlap.known(data), random);
    RankingSpace space =
        RankingSpace.of(targetModel.items(), graph.users().placeRank(), graph::vector);
    return new GraphBridge(
        data.source().domain(), graph.users(), OwnSpace.of(space, data, overlap, targetModel));
  }
}
