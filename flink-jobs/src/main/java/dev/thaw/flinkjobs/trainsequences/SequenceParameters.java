package dev.thaw.flinkjobs.trainsequences;

import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.training.SequentialTrainer;
import dev.thaw.models.training.TrainingProgress;

/** What {@code jobs.parameters} say of the sequential model: which it is, and how it is trained. */
public final class SequenceParameters {
  private static final String PREFIX = TrainSequences.NAME + ".";
  private static final String MODEL = PREFIX + "model";

  private SequenceParameters() {}

  /**
   * @throws IllegalArgumentException naming the parameter that is no number, out of its bounds or
   *     no model
   */
  public static SequentialTrainer trainer(TrainingSettings settings, TrainingProgress progress) {
    String model = settings.parameters().getOrDefault(MODEL, "sasrec");
    return switch (model) {
      case "sasrec" -> SequentialTrainer.of(sasrec(settings), progress);
      case "din" -> SequentialTrainer.of(din(settings), progress);
      default ->
          throw new IllegalArgumentException(
              "jobs.parameters " + MODEL + " must be sasrec or din, was \"" + model + '"');
    };
  }

  private static SasrecConfig sasrec(TrainingSettings settings) {
    SasrecConfig base = SasrecConfig.DEFAULT;
    return base.withSize(
            settings.intParameter(PREFIX + "dimension", base.dimension()),
            settings.intParameter(PREFIX + "length", base.length()),
            settings.intParameter(PREFIX + "blocks", base.blocks()))
        .withHorizon(settings.intParameter(PREFIX + "horizon", base.horizon()))
        .withRegularisation(
            settings.parameter(PREFIX + "dropout", base.dropout()),
            settings.parameter(PREFIX + "decay", base.decay()))
        .withSteps(
            settings.parameter(PREFIX + "learning_rate", base.learningRate()),
            settings.intParameter(PREFIX + "batch", base.batch()),
            settings.intParameter(PREFIX + "epochs", base.epochs()));
  }

  private static DinConfig din(TrainingSettings settings) {
    DinConfig base = DinConfig.DEFAULT;
    return base.withSize(
            settings.intParameter(PREFIX + "dimension", base.dimension()),
            settings.intParameter(PREFIX + "length", base.length()),
            settings.intParameter(PREFIX + "unit", base.unit()),
            settings.intParameter(PREFIX + "hidden", base.hidden()))
        .withSamples(
            settings.intParameter(PREFIX + "negatives", base.negatives()),
            settings.intParameter(PREFIX + "per_user", base.perUser()))
        .withSteps(
            settings.parameter(PREFIX + "learning_rate", base.learningRate()),
            settings.parameter(PREFIX + "decay", base.decay()),
            settings.intParameter(PREFIX + "batch", base.batch()),
            settings.intParameter(PREFIX + "epochs", base.epochs()));
  }
}
