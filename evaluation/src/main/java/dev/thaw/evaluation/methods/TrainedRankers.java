package dev.thaw.evaluation.methods;

import dev.thaw.models.served.ServedModels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rankers of one experiment.
 *
 * @param methods each alone, popularity first
 * @param served what serving routes between
 * @param skipped what could not be trained, each with the reason
 */
public record TrainedRankers(
    List<RankingMethod> methods, ServedModels served, Map<String, String> skipped) {
  public TrainedRankers {
    methods = List.copyOf(methods);
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
  }
}
