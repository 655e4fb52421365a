package dev.thaw.models.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
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
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final ObjectFolders objects;

  private ArtefactStore(Path folder) {
    this.folder = folder;
    this.objects = new ObjectFolders(folder.resolve("objects"));
  }

  /** Opens the folder, made if it is missing. */
  public static ArtefactStore open(Path folder) {
    try {
      Files.createDirectories(folder.resolve("objects"));
      Files.createDirectories(folder.resolve("sets"));
    } catch (IOException e) {
      throw new UncheckedIOException("artefact folder " + folder + " can't be made", e);
    }
    return new ArtefactStore(folder);
  }

  /** Writes a model; the same model with the same provenance twice is one object. */
  public <M> ArtefactRef write(ArtefactKind<M> kind, M model, Provenance provenance) {
    try {
      return objects.write(kind, model, provenance);
    } catch (IOException e) {
      throw new UncheckedIOException("artefact " + kind + " can't be written to " + folder, e);
    }
  }

  /**
   * Reads a model.
   *
   * @throws ArtefactException naming file and reason
   */
  public <M> ArtefactSet.Versioned<M> read(ArtefactKind<M> kind, ArtefactRef ref) {
    return objects.read(kind, ref);
  }

  /**
   * Reads a model from a copy of its folder {@code kind/scope/version}, whatever that is called and
   * whether or not it lies in a store.
   *
   * @throws ArtefactException naming file and reason
   */
  public static <M> ArtefactSet.Versioned<M> readCopy(ArtefactKind<M> kind, Path copy) {
    return ObjectFolders.readCopy(kind, copy);
  }

  /**
   * The reference to an object that is there, whatever sets name it.
   *
   * @throws ArtefactException naming file and reason if it is there and damaged
   */
  public Optional<ArtefactRef> find(ArtefactKind<?> kind, String scope, String version) {
    return objects.find(kind, scope, version);
  }

  /**
   * Writes a set of existing objects without making it current.
   *
   * @param indexes index version by space name
   * @throws ArtefactException if an object is missing, damaged or there twice
   */
  public ArtefactManifest publish(
      Collection<ArtefactRef> refs, Map<String, String> indexes, Instant now) {
    List<ArtefactRef> sorted =
        refs.stream()
            .sorted(Comparator.comparing(ArtefactRef::kind).thenComparing(ArtefactRef::scope))
            .toList();
    for (int i = 0; i < sorted.size(); i++) {
      ArtefactRef ref = sorted.get(i);
      if (i > 0
          && ref.kind().equals(sorted.get(i - 1).kind())
          && ref.scope().equals(sorted.get(i - 1).scope())) {
        throw new ArtefactException("a set holds one of " + ref.kind() + "/" + ref.scope());
      }
      ArtefactKind.named(ref.kind());
      objects.check(ref);
    }
    byte[] content = ArtefactJson.bytes(Map.of("objects", sorted, "indexes", indexes));
    String version = STAMP.format(now) + "-" + Sha256.of(content).substring(0, 8);
    ArtefactManifest manifest = new ArtefactManifest(version, now, sorted, indexes);
    replace(
        folder.resolve("sets"),
        version + ".json",
        ArtefactJson.bytes(
            new ArtefactJson.SetFile(
                ArtefactJson.FORMAT, version, now.toString(), sorted, indexes)));
    return manifest;
  }

  /**
   * Makes a set the current one, atomically, after checking that all its objects are whole.
   *
   * @throws ArtefactException if it is not; the current set stays
   */
  public void activate(String setVersion) {
    manifest(setVersion).objects().forEach(objects::check);
    replace(folder, "current", (setVersion + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void replace(Path folder, String name, byte[] bytes) {
    try {
      AtomicFiles.write(folder, name, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.resolve(name) + " can't be written", e);
    }
  }

  /**
   * Version of the current set, empty before the first.
   *
   * @throws ArtefactException if the file {@code current} holds no version
   */
  public Optional<String> current() {
    Path file = folder.resolve("current");
    try {
      String version = Files.readString(file).strip();
      setFile(version);
      return Optional.of(version);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ArtefactException(file + " is not readable: " + e, e);
    }
  }

  /**
   * @throws ArtefactException if the set is missing or not readable
   */
  public ArtefactManifest manifest(String setVersion) {
    Path file = setFile(setVersion);
    ArtefactJson.SetFile set = ArtefactJson.read(file, ArtefactJson.SetFile.class);
    ArtefactJson.requireFormat(file, set.format());
    if (!set.version().equals(setVersion)) {
      throw new ArtefactException(
          file + " must name version " + setVersion + ", named " + set.version());
    }
    try {
      Instant created = Instant.parse(set.created());
      return new ArtefactManifest(setVersion, created, set.objects(), set.indexes());
    } catch (DateTimeException e) {
      throw new ArtefactException(file + " has no time of creation: " + e.getMessage(), e);
    }
  }

  private Path setFile(String version) {
    if (!version.matches("[A-Za-z0-9_-]+")) {
      throw new ArtefactException(
          "set version must be letters, digits, _ and -, was \"" + version + "\" in " + folder);
    }
    return folder.resolve("sets").resolve(version + ".json");
  }

  /**
   * Loads and checks a whole set.
   *
   * @throws ArtefactException naming file and reason; nothing is changed
   */
  public ArtefactSet load(String setVersion) {
    ArtefactManifest manifest = manifest(setVersion);
    return ArtefactSet.load(manifest, objects);
  }

  /**
   * The models of one kind in a set, without loading the others.
   *
   * @throws ArtefactException naming file and reason
   */
  public <M> List<ArtefactSet.Versioned<M>> models(String setVersion, ArtefactKind<M> kind) {
    return manifest(setVersion).objects().stream()
        .filter(ref -> ref.kind().equals(kind.name()))
        .map(ref -> read(kind, ref))
        .toList();
  }

  /** Versions of all sets, oldest first. */
  public List<String> sets() {
    return AtomicFiles.list(folder.resolve("sets")).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".json") && !name.startsWith("."))
        .map(name -> name.substring(0, name.length() - ".json".length()))
        .toList();
  }

  /**
   * Deletes sets other than the current one that are older than the grace period, and objects that
   * no remaining set names and that are as old.
   *
   * @return what was deleted, relative to the folder
   */
  public List<String> collectGarbage(Instant now, Duration grace) {
    try {
      return new GarbageCollection(this, folder, now.minus(grace)).run();
    } catch (IOException e) {
      throw new UncheckedIOException("garbage of " + folder + " can't be deleted", e);
    }
  }
}
