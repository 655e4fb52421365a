package dev.thaw.evaluation.onboarding;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.RatingTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.meta.EvidenceCandidates;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** MeLU's evidence candidates, of a model trained on the training part. */
final class EvidenceQuestions {
  private EvidenceQuestions() {}

  /** Most telling first. */
  static List<ItemId> order(Experiment experiment, int threads, long seed) {
    MetaData data =
        new MetaData(
            experiment.training(),
            experiment.scale(),
            experiment.profiles(),
            experiment.catalogue(),
            Map.of());
    SplittableRandom random = new SplittableRandom(seed);
    BiasedFactorisationConfig config =
        new RatingTuning(
                experiment.training(),
                experiment.scale(),
                threads,
                TrainingProgress.SILENT,
                random.split())
            .choose(BiasedFactorisationConfig.DEFAULT)
            .config();
    Trainer<Interactions, FactorModel> factors =
        FactorTrainers.biasedFactorisation(config, experiment.scale(), TrainingProgress.SILENT);
    FactorModel base = factors.fit(experiment.training(), random.split());
    MetaModel model =
        MetaTrainer.over(base, factors, MetaConfig.DEFAULT, threads, TrainingProgress.SILENT)
            .fit(data, random.split());
    return EvidenceCandidates.rank(model, data).stream()
        .map(EvidenceCandidates.Candidate::item)
        .toList();
  }
}
