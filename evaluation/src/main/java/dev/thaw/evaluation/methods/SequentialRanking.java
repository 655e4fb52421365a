package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.MarkovChain;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.training.SequentialTrainer;
import dev.thaw.models.sequential.training.TrainedNetwork;
import dev.thaw.models.served.CatalogueRanker;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Models of the order in which users like items, and the Markov chain that they have to beat. */
final class SequentialRanking {
  private static final int LEAST_LIKES = 1;

  private final Experiment experiment;
  private final long seed;

  SequentialRanking(Experiment experiment, long seed) {
    this.experiment = experiment;
    this.seed = seed;
  }

  /** Why there is no order to learn from. */
  Optional<String> obstacle() {
    return LikedSequences.obstacle(experiment.training(), experiment.scale());
  }

  /** The Markov chain first. */
  List<RankingMethod> train() {
    LikedSequences data =
        LikedSequences.of(experiment.training(), experiment.scale(), new SplittableRandom(seed));
    List<RankingMethod> methods = new ArrayList<>();
    methods.add(Named.baseline(ranking(MarkovChain.of(data), MethodNames.MARKOV, "")));
    TrainedNetwork sasrec =
        SequentialTrainer.of(SasrecConfig.DEFAULT, TrainingProgress.SILENT)
            .run(data, new SplittableRandom(seed));
    methods.add(
        ranking(
            sasrec.model(),
            MethodNames.SEQUENTIAL,
            note(SasrecConfig.DEFAULT.toMap(), sasrec.metrics())));
    TrainedNetwork din =
        SequentialTrainer.of(DinConfig.DEFAULT, TrainingProgress.SILENT)
            .run(data, new SplittableRandom(seed));
    methods.add(
        ranking(din.model(), MethodNames.DIN, note(DinConfig.DEFAULT.toMap(), din.metrics())));
    return methods;
  }

  private RankingMethod ranking(Ranker ranker, String name, String note) {
    ItemDictionary catalogue = experiment.training().items();
    CatalogueRanker ranked =
        new CatalogueRanker(ranker, catalogue, experiment.scale(), LEAST_LIKES);
    return Named.ranking(name, note, (user, out) -> ranked.score(user.support(), out));
  }

  private static String note(Map<String, String> config, Map<String, Double> metrics) {
    StringBuilder note = new StringBuilder(new TreeMap<>(config).toString());
    new TreeMap<>(metrics)
        .forEach(
            (name, value) -> note.append(String.format(Locale.ROOT, ", %s %.4g", name, value)));
    return note.toString();
  }
}
