package dev.thaw.flinkjobs.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the jobs of one training run have made so far, below {@code artefacts/runs}: one small file
 * an artefact or index version, so that jobs on several machines need no lock. Written beside its
 * place and renamed.
 */
public final class TrainingRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EVENTS = "events.json";

  private final Path folder;

  private TrainingRun(Path folder) {
    this.folder = folder;
  }

  public static TrainingRun open(Path artefacts, String run) {
    try {
      return new TrainingRun(Files.createDirectories(artefacts.resolve("runs").resolve(run)));
    } catch (IOException e) {
      throw new UncheckedIOException("training run " + run + " below " + artefacts, e);
    }
  }

  /** Says that the run made an artefact; a later one of the same kind and scope replaces it. */
  public void record(ArtefactRef ref) {
    write(fileOf(ref.kind(), ref.scope()), ref);
  }

  /** Says that the run built an index version. */
  public void recordIndex(String space, String version) {
    write("index." + space + ".json", Map.of("space", space, "version", version));
  }

  /**
   * Says where the events ended when the run began; what was said first stays.
   *
   * @param offsets by partition
   */
  public void recordEvents(Map<Integer, Long> offsets) {
    if (!Files.exists(folder.resolve(EVENTS))) {
      write(EVENTS, offsets);
    }
  }

  /** Offset by partition at which the events ended when the run began; empty if nobody said. */
  public Map<Integer, Long> events() {
    Path file = folder.resolve(EVENTS);
    Map<Integer, Long> offsets = new TreeMap<>();
    if (Files.exists(file)) {
      read(file, Map.class)
          .forEach(
              (partition, offset) ->
                  offsets.put(
                      Integer.valueOf(String.valueOf(partition)),
                      Long.valueOf(String.valueOf(offset))));
    }
    return offsets;
  }

  /** The artefact of a kind and scope. */
  public Optional<ArtefactRef> find(ArtefactKind<?> kind, String scope) {
    Path file = folder.resolve(fileOf(kind.name(), scope));
    return Files.exists(file) ? Optional.of(read(file, ArtefactRef.class)) : Optional.empty();
  }

  /** All artefacts of the run, by file name. */
  public List<ArtefactRef> artefacts() {
    List<ArtefactRef> refs = new ArrayList<>();
    for (Path file : files("artefact.")) {
      refs.add(read(file, ArtefactRef.class));
    }
    return refs;
  }

  /** Index version by space name. */
  public Map<String, String> indexes() {
    Map<String, String> indexes = new TreeMap<>();
    for (Path file : files("index.")) {
      Map<?, ?> entry = read(file, Map.class);
      indexes.put(String.valueOf(entry.get("space")), String.valueOf(entry.get("version")));
    }
    return indexes;
  }

  private static String fileOf(String kind, String scope) {
    return "artefact." + kind + "." + scope + ".json";
  }

  private List<Path> files(String prefix) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("training run " + folder, e);
    }
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException e) {
      throw new UncheckedIOException("training run file " + file, e);
    }
  }

  private void write(String name, Object value) {
    try {
      Path beside = Files.createTempFile(folder, ".writing", ".tmp");
      JSON.writeValue(beside.toFile(), value);
      Files.move(
          beside,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("training run file " + folder.resolve(name), e);
    }
  }
}
