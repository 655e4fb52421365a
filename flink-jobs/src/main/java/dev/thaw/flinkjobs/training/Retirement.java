package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.vectorindex.VectorIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * One round of removing what is old and unneeded. An index version goes when runs have named it,
 * all of those are old, and no remaining set names it; one that no run has named is somebody
 * else's.
 */
final class Retirement {
  private final Path artefacts;
  private final ArtefactStore store;
  private final VectorIndexes indexes;

  Retirement(Path artefacts, ArtefactStore store, VectorIndexes indexes) {
    this.artefacts = artefacts;
    this.store = store;
    this.indexes = indexes;
  }

  List<String> run(Instant now, Duration grace) {
    List<String> removed = new ArrayList<>(store.collectGarbage(now, grace));
    Map<String, Set<String>> needed = new HashMap<>();
    store.sets().forEach(set -> store.manifest(set).indexes().forEach(adding(needed)));
    Map<String, Set<String>> old = new HashMap<>();
    List<Path> oldRuns = new ArrayList<>();
    for (Path run : runs()) {
      boolean isOld = lastChange(run).isBefore(now.minus(grace));
      TrainingRun.open(artefacts, run.getFileName().toString())
          .indexes()
          .forEach(adding(isOld ? old : needed));
      if (isOld) {
        oldRuns.add(run);
      }
    }
    for (String space : new TreeSet<>(old.keySet())) {
      Set<String> versions = new HashSet<>(old.get(space));
      versions.removeAll(needed.getOrDefault(space, Set.of()));
      drop(space, versions, removed);
    }
    // last: a run is what names the versions that are still to be dropped
    oldRuns.forEach(run -> delete(run, removed));
    return removed;
  }

  private static BiConsumer<String, String> adding(Map<String, Set<String>> versions) {
    return (space, version) ->
        versions.computeIfAbsent(space, name -> new HashSet<>()).add(version);
  }

  private void drop(String space, Set<String> versions, List<String> removed) {
    String active = indexes.active(space).map(index -> index.space().modelVersion()).orElse("");
    for (VectorSpace version : indexes.versions(space)) {
      if (versions.contains(version.modelVersion()) && !version.modelVersion().equals(active)) {
        indexes.drop(version);
        removed.add("index " + version.key());
      }
    }
  }

  private List<Path> runs() {
    Path folder = artefacts.resolve("runs");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("training runs in " + folder, e);
    }
  }

  /** A folder changes with every file that is written into it. */
  private static Instant lastChange(Path run) {
    try {
      return Files.getLastModifiedTime(run).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException("training run " + run, e);
    }
  }

  private void delete(Path run, List<String> removed) {
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
      Files.delete(run);
    } catch (IOException e) {
      throw new UncheckedIOException("training run " + run + " can't be removed", e);
    }
    removed.add("runs/" + run.getFileName());
  }
}
