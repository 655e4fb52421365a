package dev.thaw.models.artefact;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Artefacts in a folder: {@code objects/kind/scope/version/{provenance.json,model.bin}}, {@code
 * sets/version.json} and {@code current}. Whatever is visible is complete: everything is written
 * beside its place and renamed. Readers check every hash. Thread-safe; several processes may read
 * and write one folder.
 */
public final class ArtefactStore {
  private ArtefactStore() {}

  /** Opens the folder, made if it is missing. */
  public static ArtefactStore open(Path folder) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes a model; the same model with the same provenance twice is one object. */
  public <M> ArtefactRef write(ArtefactKind<M> kind, M model, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Reads a model.
   *
   * @throws ArtefactException naming file and reason
   */
  public <M> ArtefactSet.Versioned<M> read(ArtefactKind<M> kind, ArtefactRef ref) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Writes a set of existing objects without making it current.
   *
   * @param indexes index version by space name
   */
  public ArtefactManifest publish(
      Collection<ArtefactRef> objects, Map<String, String> indexes, Instant now) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Makes a set the current one, atomically, after checking that all its objects are whole.
   *
   * @throws ArtefactException if it is not
   */
  public void activate(String setVersion) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Version of the current set, empty before the first. */
  public Optional<String> current() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * @throws ArtefactException if the set is missing or not readable
   */
  public ArtefactManifest manifest(String setVersion) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Loads and checks a whole set.
   *
   * @throws ArtefactException naming file and reason; nothing is changed
   */
  public ArtefactSet load(String setVersion) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Versions of all sets, oldest first. */
  public List<String> sets() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Deletes sets other than the current one that are older than the grace period, and objects that
   * no remaining set names and that are as old.
   *
   * @return what was deleted, relative to the folder
   */
  public List<String> collectGarbage(Instant now, Duration grace) {
    throw new UnsupportedOperationException("not yet");
  }
}
