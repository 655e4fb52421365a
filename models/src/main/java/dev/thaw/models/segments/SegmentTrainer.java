package dev.thaw.models.segments;

import dev.thaw.models.training.Trainer;
import java.util.random.RandomGenerator;

/** Learns segments and keeps them only if their popularity beats the domain's on held-out users. */
public final class SegmentTrainer implements Trainer<SegmentData, SegmentModel> {
  @Override
  public SegmentModel fit(SegmentData data, RandomGenerator random) {
    throw new UnsupportedOperationException("not yet");
  }
}
