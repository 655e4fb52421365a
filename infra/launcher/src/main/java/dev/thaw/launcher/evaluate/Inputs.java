package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.SplitFolder;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation reads.
 *
 * @param data a data folder; null for none
 * @param split of somebody else; null for one of our own, which needs the folder
 * @param bad sees every line of the folder that can't be used
 */
public record Inputs(@Nullable Path data, @Nullable Path split, Consumer<DeadLetter> bad) {
  public Inputs {
    if (data == null && split == null) {
      throw new IllegalArgumentException("--data or --split must be given");
    }
  }

  public Optional<EvaluationData> folder() throws IOException {
    return data == null
        ? Optional.empty()
        : Optional.of(EvaluationData.read(data, Instant.now(), bad));
  }

  /**
   * That of the split, its items and users described as in the folder: by the split's domain, where
   * it names one.
   */
  public Experiment experiment(Optional<EvaluationData> folder) throws IOException {
    if (split == null) {
      throw new IllegalStateException("there is no split to read");
    }
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    Optional<DomainId> named = SplitFolder.domain(split);
    folder.ifPresent(
        read ->
            read.catalogue()
                .forEach(
                    (domain, items) -> {
                      if (named.isEmpty() || named.get().equals(domain)) {
                        catalogue.putAll(items);
                      }
                    }));
    return new SplitFolder(
            split,
            catalogue,
            folder.map(EvaluationData::profiles).orElseGet(Map::of),
            folder.map(EvaluationData::attributes).orElseGet(List::of))
        .read();
  }

  /**
   * The same, ready to be asked by K: one that we wrote has its supports in an order, by the ranks
   * of its rows; those of others are ordered by the seed, if Ks are asked for.
   */
  public Experiment experiment(Optional<EvaluationData> folder, Settings settings)
      throws IOException {
    Experiment read = experiment(folder);
    boolean ranked = split != null && SplitFolder.domain(split).isPresent();
    return ranked ? read : settings.byK(read);
  }
}
