package dev.thaw.flinkjobs.trainsequences;

import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.sequential.SasrecConfig;

/** What {@code jobs.parameters} say of the sequential model. */
final class SequenceParameters {
  private static final String PREFIX = TrainSequences.NAME + ".";

  private SequenceParameters() {}

  /**
   * @throws IllegalArgumentException naming the parameter that is no number or out of its bounds
   */
  static SasrecConfig of(TrainingSettings settings) {
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
}
