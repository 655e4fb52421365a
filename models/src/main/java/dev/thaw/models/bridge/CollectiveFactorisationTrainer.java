package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.random.RandomGenerator;

/**
 * Trains {@link CollectiveFactorisation} by alternating least squares of both domains' ratings
 * beyond biases. In the target, users of both domains are met with the bias that their source bias
 * predicts, as cold users are, so that the factors learn what that leaves.
 *
 * @param config of the joint model
 */
public record CollectiveFactorisationTrainer(ExplicitAlsConfig config, int threads)
    implements Trainer<RatingPair, CollectiveFactorisation> {

  @Override
  public CollectiveFactorisation fit(RatingPair data, RandomGenerator random) {
    BiasModel source = BiasModel.fit(data.source(), data.sourceScale());
    BiasModel target = BiasModel.fit(data.target(), data.targetScale());
    BiasTransfer transfer = data.transfer(source, target);
    InteractionsBuilder beyond = Interactions.builder(data.target().domain());
    for (UserId user : data.source().users()) {
      History history = data.source().history(user);
      add(beyond, user, data.source(), history, source, source.userBias(history));
    }
    for (UserId user : data.target().users()) {
      History history = data.target().history(user);
      History there = data.source().history(user);
      double bias =
          there.entries().isEmpty()
              ? target.userBias(history)
              : transfer.of(source.userBias(there));
      add(beyond, user, data.target(), history, target, bias);
    }
    // nothing is clipped: a residual lies within the range of either scale
    double range = 2 * Math.max(data.sourceScale().range(), data.targetScale().range());
    return new CollectiveFactorisation(
        data.source().domain(),
        source,
        target,
        transfer,
        FactorTrainers.explicitAls(
                config, new RatingScale(-range, range, 0), threads, TrainingProgress.SILENT)
            .fit(beyond.build(), random));
  }

  private static void add(
      InteractionsBuilder to,
      UserId user,
      Interactions data,
      History history,
      BiasModel biases,
      double userBias) {
    for (History.Entry entry : history.entries()) {
      ItemId item = CollectiveFactorisation.inDomain(data.domain(), entry.item());
      double expected =
          biases.mean() + userBias + biases.itemBias(biases.items().indexOf(entry.item()));
      to.add(user, item, entry.strength() - expected);
    }
  }
}
