package dev.thaw.flinkjobs.trainmeta;

import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;

/**
 * What {@code jobs.parameters} say of the meta-learned model. Only its later layers adapt: what is
 * kept of a user takes 17 KB, and items' half of the first layer is the same for everybody.
 */
final class MetaParameters {
  private static final String PREFIX = TrainMeta.NAME + ".";

  private MetaParameters() {}

  /**
   * @throws IllegalArgumentException naming the parameter that is no number
   */
  static MetaConfig of(TrainingSettings settings) {
    MetaConfig base = MetaConfig.DEFAULT;
    return base.withInner(
            new InnerLoop(
                AdaptedPart.LATER,
                settings.intParameter(PREFIX + "inner_steps", base.inner().steps()),
                settings.parameter(PREFIX + "inner_rate", base.inner().rate())))
        .withSize(
            settings.intParameter(PREFIX + "dimension", base.dimension()),
            settings.intParameter(PREFIX + "hidden", base.hidden()))
        .withEpochs(settings.intParameter(PREFIX + "epochs", base.epochs()))
        .withLearningRate(settings.parameter(PREFIX + "learning_rate", base.learningRate()));
  }
}
