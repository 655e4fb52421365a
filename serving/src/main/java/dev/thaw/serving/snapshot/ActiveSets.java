package dev.thaw.serving.snapshot;

import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.vectorindex.VectorIndexes;
import java.nio.file.Path;
import java.time.Duration;

/** Holds the artefact set that serves. */
public interface ActiveSets extends AutoCloseable {

  /**
   * Follows a folder of artefacts; what is current there when this returns is loaded already.
   *
   * @param every time between looks at the folder
   */
  static ActiveSets follow(
      Path folder, Duration every, Catalogue catalogue, VectorIndexes indexes) {
    return new ArtefactWatch(
        ArtefactStore.open(folder), indexes, new ActiveSetBuilder(catalogue, indexes), every);
  }

  /** The same immutable set until another one has been loaded, checked and swapped in. */
  ActiveSet current();

  /** Whether a newer set exists that was refused, so that an older one goes on serving. */
  boolean isRefusing();

  @Override
  void close();
}
