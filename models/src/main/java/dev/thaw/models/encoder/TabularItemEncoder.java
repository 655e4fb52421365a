package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.projection.ItemWords;
import dev.thaw.models.tabular.TabularModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Encodes attributes and categories as the direction in which a domain's network puts them in its
 * factor space, popularity left out. Factor spaces of domains are different ones: vectors of items
 * of two domains have one form and nothing to say to each other.
 */
final class TabularItemEncoder implements ItemEncoder {
  private final Map<DomainId, TabularModel> models;
  private final VectorSpace space;

  private TabularItemEncoder(Map<DomainId, TabularModel> models, VectorSpace space) {
    this.models = models;
    this.space = space;
  }

  /**
   * @param folders copies of artefacts
   * @throws EncoderException if two are of one domain, or of different dimensions
   * @throws dev.thaw.models.artefact.ArtefactException naming the file that is missing or damaged
   */
  static TabularItemEncoder load(List<String> folders) {
    Map<DomainId, TabularModel> models = new TreeMap<>();
    List<String> versions = new ArrayList<>();
    for (String folder : folders) {
      ArtefactSet.Versioned<TabularModel> read =
          ArtefactStore.readCopy(ArtefactKind.TABULAR, Path.of(folder));
      if (models.put(read.model().domain(), read.model()) != null) {
        throw new EncoderException(
            "encoder.tabular.models must be one for each domain, had two of "
                + read.model().domain());
      }
      versions.add(read.version());
    }
    int[] ranks = models.values().stream().mapToInt(TabularModel::rank).distinct().toArray();
    if (ranks.length != 1) {
      throw new EncoderException(
          "encoder.tabular.models must be of one dimension, were of " + Arrays.toString(ranks));
    }
    versions.sort(null);
    return new TabularItemEncoder(
        models,
        new VectorSpace(
            "content",
            ModelVersion.of("tabular", List.of(), versions.toString()),
            ranks[0],
            Metric.COSINE));
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public String contentHash(CatalogueItem item) {
    List<String> read = new ArrayList<>();
    read.add(space.key());
    read.add(item.domain().value());
    Set<String> words = ItemWords.of(item);
    read.add("" + words.size());
    read.addAll(words);
    new TreeMap<>(item.attributes()).forEach((name, value) -> read.addAll(List.of(name, value)));
    return ModelVersion.hash(read);
  }

  @Override
  public List<EncodedItem> encode(List<CatalogueItem> items) {
    return items.stream().map(this::encoded).toList();
  }

  private EncodedItem encoded(CatalogueItem item) {
    TabularModel model = models.get(item.domain());
    float[] place = model == null ? null : model.place(item);
    if (place == null) {
      return EncodedItem.NOTHING;
    }
    float[] direction = Arrays.copyOf(place, space.dimension());
    return UnitVectors.normaliseIfPossible(direction)
        ? EncodedItem.of(Optional.of(Embedding.copyOf(space, direction)))
        : EncodedItem.without(undirected(item));
  }

  private static EncodedItem.Unread undirected(CatalogueItem item) {
    return item.attributes().isEmpty()
        ? new EncodedItem.Unread(
            "categories", item.categories().toString(), UnitVectors.NO_DIRECTION)
        : new EncodedItem.Unread(
            "attributes", item.attributes().toString(), UnitVectors.NO_DIRECTION);
  }

  @Override
  public void close() {}
}
