package dev.thaw.models.artefact;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where an artefact came from.
 *
 * @param trainer standard name
 * @param params of the trainer
 * @param dataHash of what it was trained on
 * @param seed of its random generator
 * @param revision of the code
 * @param metrics measured in training
 */
public record Provenance(
    String trainer,
    Map<String, String> params,
    String dataHash,
    long seed,
    String revision,
    Map<String, Double> metrics) {
  public Provenance {
    params = java.util.Collections.unmodifiableMap(new TreeMap<>(params));
    metrics = java.util.Collections.unmodifiableMap(new TreeMap<>(metrics));
  }
}
