package dev.thaw.models.projection;

import dev.thaw.models.training.Trainer;
import java.util.random.RandomGenerator;

/** Ridge regression from content and attributes into the factor space, in closed form. */
public final class ProjectionTrainer implements Trainer<ProjectionData, Projection> {
  @Override
  public Projection fit(ProjectionData data, RandomGenerator random) {
    throw new UnsupportedOperationException("not yet");
  }
}
