package dev.thaw.flinkjobs.adaptusers;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactSet.Versioned;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.meta.MetaModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The meta-learned models of the newest set that was let serve. One that is only announced changes
 * nothing: a row has room for the layers of one model, and those of the model that serves are of
 * use. Immutable.
 */
final class ServingModels {
  static final ServingModels NONE = new ServingModels(null, Map.of());

  private final @Nullable ArtefactAnnouncement set;
  private final Map<DomainId, MetaModel> models;

  private ServingModels(@Nullable ArtefactAnnouncement set, Map<DomainId, MetaModel> models) {
    this.set = set;
    this.models = Map.copyOf(models);
  }

  /**
   * Later sets have larger versions; announcements of older ones change nothing.
   *
   * @throws dev.thaw.models.artefact.ArtefactException if the set can't be read
   */
  ServingModels plus(ArtefactAnnouncement next) {
    boolean isNewer = set == null || next.setVersion().compareTo(set.setVersion()) > 0;
    return next.status() == Status.ACTIVE && isNewer ? new ServingModels(next, load(next)) : this;
  }

  private static Map<DomainId, MetaModel> load(ArtefactAnnouncement set) {
    Map<DomainId, MetaModel> loaded = new HashMap<>();
    for (Versioned<MetaModel> each :
        ArtefactStore.open(Path.of(set.location())).models(set.setVersion(), ArtefactKind.META)) {
      loaded.put(each.model().domain(), each.model());
    }
    return loaded;
  }

  /** Whether users adapt to the same layers under both. */
  boolean hasModelsOf(ServingModels other) {
    return versions().equals(other.versions());
  }

  private Map<DomainId, String> versions() {
    Map<DomainId, String> versions = new HashMap<>();
    models.forEach((domain, model) -> versions.put(domain, model.version()));
    return versions;
  }

  Optional<MetaModel> of(DomainId domain) {
    return Optional.ofNullable(models.get(domain));
  }

  /** What leads to these models again. */
  List<ArtefactAnnouncement> announcements() {
    return set == null ? List.of() : List.of(set);
  }
}
