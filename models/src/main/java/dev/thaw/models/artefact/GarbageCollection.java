package dev.thaw.models.artefact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One round of deleting what no remaining set needs and nobody is about to need. */
final class GarbageCollection {
  private final ArtefactStore store;
  private final Path folder;
  private final Instant before;
  private final List<String> deleted = new ArrayList<>();

  /**
   * @param before what is younger stays: an object is written before the set that names it
   */
  GarbageCollection(ArtefactStore store, Path folder, Instant before) {
    this.store = store;
    this.folder = folder;
    this.before = before;
  }

  List<String> run() throws IOException {
    Set<String> needed = new HashSet<>();
    String current = store.current().orElse("");
    for (String version : store.sets()) {
      Path file = folder.resolve("sets").resolve(version + ".json");
      if (!version.equals(current) && isOld(version, file)) {
        delete(file);
      } else {
        for (ArtefactRef ref : store.manifest(version).objects()) {
          needed.add(ref.toString());
        }
      }
    }
    for (Path kind : AtomicFiles.list(folder.resolve("objects"))) {
      for (Path scope : AtomicFiles.list(kind)) {
        for (Path version : AtomicFiles.list(scope)) {
          String name =
              kind.getFileName() + "/" + scope.getFileName() + "@" + version.getFileName();
          if (!needed.contains(name) && modified(version).isBefore(before)) {
            delete(version);
          }
        }
      }
    }
    return List.copyOf(deleted);
  }

  /**
   * By its own account and by its file, since a replay of old data lives in old times. An
   * unreadable set is as old as its file; a young one stops the round: its objects are unknown.
   */
  private boolean isOld(String version, Path file) throws IOException {
    try {
      return store.manifest(version).created().isBefore(before) && modified(file).isBefore(before);
    } catch (ArtefactException unreadable) {
      return modified(file).isBefore(before);
    }
  }

  private static Instant modified(Path path) throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  private void delete(Path path) throws IOException {
    AtomicFiles.deleteFolder(path);
    deleted.add(folder.relativize(path).toString());
  }
}
