package dev.thaw.models.sequential.training;

import dev.thaw.models.sequential.SequentialModel;
import java.util.List;
import java.util.Map;

/**
 * A model and how it came about.
 *
 * @param losses on held-out users before the first epoch and after each; empty where there were too
 *     few to hold out
 * @param metrics of the held-out users, empty where there were too few: how many, the epoch whose
 *     parameters were kept, from 0, its loss, and the loss before anything was learned
 */
public record TrainedNetwork(
    SequentialModel model, List<Double> losses, Map<String, Double> metrics) {
  public TrainedNetwork {
    losses = List.copyOf(losses);
    metrics = Map.copyOf(metrics);
  }
}
