package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.training.TrainingProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Parameters of a domain's models, as the training job chooses them: on users held out of the data.
 *
 * @param als of the domain
 * @param sources of its sources
 */
public record ServedParameters(
    ImplicitAlsConfig als,
    Map<DomainId, ImplicitAlsConfig> sources,
    ItemToItemTuning.Choice itemToItem) {
  public ServedParameters {
    sources = Map.copyOf(sources);
  }

  /** Of all models. */
  public static ServedParameters choose(ServedData data, int threads, long seed) {
    Map<DomainId, ImplicitAlsConfig> sources = new HashMap<>();
    data.sources()
        .forEach(
            (domain, source) ->
                sources.put(domain, als(source.positives(), source.scale(), threads, seed)));
    return choose(data, sources, threads, seed);
  }

  /** The same of the sources, and those of the domain chosen anew. */
  ServedParameters ofOtherUsers(ServedData data, int threads, long seed) {
    return choose(data, sources, threads, seed);
  }

  private static ServedParameters choose(
      ServedData data, Map<DomainId, ImplicitAlsConfig> sources, int threads, long seed) {
    Interactions positives = data.positives();
    RatingScale scale = data.scale();
    ImplicitAlsConfig als = als(positives, scale, threads, seed);
    ItemToItemTuning.Choice itemToItem =
        new ItemToItemTuning(
                ItemToItemConfig.DEFAULT.neighbours(), scale, threads, TrainingProgress.SILENT)
            .choose(positives, data.userAttributes(), new SplittableRandom(seed));
    return new ServedParameters(als, sources, itemToItem);
  }

  private static ImplicitAlsConfig als(
      Interactions positives, RatingScale scale, int threads, long seed) {
    return new ImplicitAlsTuning(ImplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
        .choose(positives, new SplittableRandom(seed))
        .config();
  }

  ImplicitAlsConfig source(DomainId domain) {
    return sources.getOrDefault(domain, ImplicitAlsConfig.DEFAULT);
  }

  /** For a report. */
  public Map<String, String> toMap() {
    Map<String, String> all = new TreeMap<>();
    all.put("implicit-als", inOrder(als));
    sources.forEach((domain, config) -> all.put("implicit-als " + domain, inOrder(config)));
    all.put("item-to-item", itemToItem.toMap().toString());
    return all;
  }

  /** The same text in every run. */
  private static String inOrder(ImplicitAlsConfig config) {
    return new TreeMap<>(config.toMap()).toString();
  }
}
