package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters of a {@link LikesEnsemble}.
 *
 * @param parts at least one, all different
 */
public record EnsembleConfig(List<Part> parts) {
  /**
   * @param weight at least 1
   */
  public record Part(LikesConfig config, int weight) {
    public Part {
      if (weight < 1) {
        throw new IllegalArgumentException("weight must be >= 1, was " + weight);
      }
    }
  }

  public EnsembleConfig {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.stream().map(Part::config).distinct().count() < parts.size()) {
      throw new IllegalArgumentException("parts must be one or more and differ, were " + parts);
    }
  }

  /** Of one ranker. */
  public static EnsembleConfig of(LikesConfig config) {
    return new EnsembleConfig(List.of(new Part(config, 1)));
  }

  /** For other data than those it was chosen on. */
  EnsembleConfig grown(Interactions chosenOn, Interactions data) {
    return new EnsembleConfig(
        parts.stream()
            .map(part -> new Part(part.config.grown(chosenOn, data), part.weight))
            .toList());
  }

  /** For a provenance. */
  Map<String, String> toMap() {
    Map<String, String> all = new TreeMap<>();
    for (int p = 0; p < parts.size(); p++) {
      String prefix = p + 1 + ".";
      all.put(prefix + "weight", "" + parts.get(p).weight);
      parts.get(p).config.toMap().forEach((name, value) -> all.put(prefix + name, value));
    }
    return all;
  }
}
