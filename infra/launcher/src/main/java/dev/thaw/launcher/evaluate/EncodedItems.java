package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.encodeitems.HostBreakers;
import dev.thaw.flinkjobs.encodeitems.HttpImages;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.encoder.EncodedItem;
import dev.thaw.models.encoder.Encoders;
import dev.thaw.models.encoder.ItemEncoder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Content vectors of the items of a domain; the last ones are kept for its next experiment. */
public final class EncodedItems {
  private static final int BATCH = 64;

  private final String encoder;
  private final Progress progress;
  private Map<ItemId, CatalogueItem> encoded = Map.of();
  private Map<ItemId, Embedding> vectors = Map.of();

  /**
   * @param encoder minilm, a folder with an ONNX export, a {@code thaw.yaml} whose encoder it is,
   *     or none
   */
  public EncodedItems(String encoder, Progress progress) {
    this.encoder = encoder;
    this.progress = progress;
  }

  /** Empty where there is no encoder; items without text have none. */
  public Map<ItemId, Embedding> vectors(DomainId domain, Map<ItemId, CatalogueItem> catalogue) {
    if (!encoded.equals(catalogue)) {
      vectors = encode(domain, catalogue);
      encoded = Map.copyOf(catalogue);
    }
    return vectors;
  }

  private Map<ItemId, Embedding> encode(DomainId domain, Map<ItemId, CatalogueItem> catalogue) {
    List<CatalogueItem> items =
        catalogue.values().stream().sorted(Comparator.comparing(CatalogueItem::itemId)).toList();
    if (items.isEmpty() || encoder.equals("none")) {
      return Map.of();
    }
    Map<ItemId, Embedding> made = new HashMap<>();
    try (ItemEncoder items2vectors =
            Encoders.open(
                config(),
                Runtime.getRuntime().availableProcessors(),
                new HostBreakers(new HttpImages(), InstantSource.system()));
        Progress.Task task = progress.begin("encoding items of " + domain, items.size())) {
      for (int from = 0; from < items.size(); from += BATCH * 4) {
        List<CatalogueItem> batch = items.subList(from, Math.min(items.size(), from + BATCH * 4));
        List<EncodedItem> one = items2vectors.encode(batch);
        for (int i = 0; i < batch.size(); i++) {
          ItemId id = batch.get(i).itemId();
          one.get(i).vector().ifPresent(vector -> made.put(id, vector));
        }
        task.at(from + batch.size());
      }
    }
    return made;
  }

  private EncoderConfig config() {
    return encoder.endsWith(".yaml")
        ? ThawConfig.load(Path.of(encoder), System.getenv()).encoder()
        : new EncoderConfig(encoder, BATCH);
  }

  /** Empty where items have no text, or there is no encoder. */
  public Optional<ContentNeighbours> neighbours(Experiment experiment) {
    Map<ItemId, Embedding> known = vectors(experiment.target(), experiment.catalogue());
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ContentNeighbours.of(
                known, ContentNeighbours.NEIGHBOURS, experiment.scale().positive()));
  }
}
