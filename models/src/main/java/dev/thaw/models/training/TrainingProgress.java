package dev.thaw.models.training;

/** Hears how far a training is. Called on the training's thread. */
@FunctionalInterface
public interface TrainingProgress {
  TrainingProgress SILENT = (what, done, of) -> {};

  /**
   * @param what is being trained, such as {@code implicit ALS of movies}
   * @param done steps done, from 1
   * @param of steps in all
   */
  void step(String what, int done, int of);
}
