package dev.thaw.models.artefact;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A set of artefacts that belong together.
 *
 * @param version names the set; later sets have larger versions
 * @param indexes index version by space name, such as {@code factors.movies -> 3f9a...}
 */
public record ArtefactManifest(
    String version, Instant created, List<ArtefactRef> objects, Map<String, String> indexes) {
  public ArtefactManifest {
    objects = List.copyOf(objects);
    indexes = Map.copyOf(indexes);
  }
}
