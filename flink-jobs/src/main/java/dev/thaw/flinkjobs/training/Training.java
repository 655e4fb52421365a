package dev.thaw.flinkjobs.training;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * What a training job does with its data, once.
 *
 * @param <O> what it gives out besides the artefacts it writes
 */
@FunctionalInterface
public interface Training<O> extends Serializable {
  void train(TrainingData data, Consumer<O> out) throws Exception;
}
