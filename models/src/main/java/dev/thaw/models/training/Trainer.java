package dev.thaw.models.training;

import java.util.random.RandomGenerator;

/**
 * Learns a model; the model answers.
 *
 * @param <D> training data, not changed
 * @param <M> immutable model
 */
@FunctionalInterface
public interface Trainer<D, M> {
  /** The same data and the same state of {@code random} give the same model. */
  M fit(D data, RandomGenerator random);
}
