package dev.thaw.models.artefact;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code kind/scope/version/{provenance.json,model.bin}}. A version is the start of the SHA-256 of
 * {@code provenance.json}, which holds the SHA-256 of {@code model.bin}: one damaged byte in either
 * shows.
 */
final class ObjectFolders {
  private static final int MAGIC = 0xA7;
  private static final int VERSION_LENGTH = 16;

  private final Path root;

  ObjectFolders(Path root) {
    this.root = root;
  }

  <M> ArtefactRef write(ArtefactKind<M> kind, M model, Provenance provenance) throws IOException {
    byte[] payload = payload(kind, model);
    String scope = kind.scopeOf(model);
    String sha = Sha256.of(payload);
    byte[] json =
        ArtefactJson.bytes(
            new ArtefactJson.ObjectFile(
                ArtefactJson.FORMAT, kind.name(), scope, sha, payload.length, provenance));
    ArtefactRef ref = new ArtefactRef(kind.name(), scope, version(json), sha);
    if (!isWhole(ref)) {
      Path parent = Files.createDirectories(root.resolve(ref.kind()).resolve(ref.scope()));
      Path unfinished = Files.createTempDirectory(parent, AtomicFiles.UNFINISHED);
      AtomicFiles.writeForced(unfinished.resolve("model.bin"), payload);
      AtomicFiles.writeForced(unfinished.resolve("provenance.json"), json);
      AtomicFiles.moveFolder(unfinished, parent, ref.version());
    }
    return ref;
  }

  private static <M> byte[] payload(ArtefactKind<M> kind, M model) {
    BinaryWriter out = new BinaryWriter(1 << 16);
    out.writeByte(MAGIC).writeByte(ArtefactJson.FORMAT).writeText(kind.name());
    kind.write(model, out);
    return out.toByteArray();
  }

  <M> ArtefactSet.Versioned<M> read(ArtefactKind<M> kind, ArtefactRef ref) {
    return decode(kind, ref, folder(ref).resolve("model.bin"), provenance(ref));
  }

  private static <M> ArtefactSet.Versioned<M> decode(
      ArtefactKind<M> kind, ArtefactRef ref, Path file, Provenance provenance) {
    if (!kind.name().equals(ref.kind())) {
      throw new ArtefactException(ref + " is no " + kind);
    }
    byte[] payload = checkedPayload(ref, file);
    try {
      BinaryReader in = new BinaryReader(file.toString(), payload);
      in.expect(MAGIC, "first byte");
      in.expect(ArtefactJson.FORMAT, "format");
      String found = in.readText();
      if (!found.equals(kind.name())) {
        throw new ArtefactException(file + " must hold " + kind + ", held " + found);
      }
      M model = kind.read(in);
      in.requireEnd();
      return new ArtefactSet.Versioned<>(model, ref.version(), provenance);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ArtefactException(file + " is not a readable " + kind + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a model from a copy of its folder, wherever that lies.
   *
   * @throws ArtefactException naming file and reason
   */
  static <M> ArtefactSet.Versioned<M> readCopy(ArtefactKind<M> kind, Path folder) {
    Path file = folder.resolve("provenance.json");
    byte[] json = bytesOf(file);
    ArtefactJson.ObjectFile object = ArtefactJson.read(file, ArtefactJson.ObjectFile.class);
    ArtefactJson.requireFormat(file, object.format());
    ArtefactRef ref =
        new ArtefactRef(object.kind(), object.scope(), version(json), object.sha256());
    return decode(kind, ref, folder.resolve("model.bin"), object.provenance());
  }

  Optional<ArtefactRef> find(ArtefactKind<?> kind, String scope, String version) {
    Path folder = folder(new ArtefactRef(kind.name(), scope, version, ""));
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Path file = folder.resolve("provenance.json");
    String sha = ArtefactJson.read(file, ArtefactJson.ObjectFile.class).sha256();
    return Optional.of(new ArtefactRef(kind.name(), scope, version, sha));
  }

  /**
   * Checks both hashes without decoding the model.
   *
   * @throws ArtefactException naming file and hashes
   */
  void check(ArtefactRef ref) {
    provenance(ref);
    checkedPayload(ref, folder(ref).resolve("model.bin"));
  }

  private boolean isWhole(ArtefactRef ref) {
    if (!Files.isDirectory(folder(ref))) {
      return false;
    }
    try {
      check(ref);
      return true;
    } catch (ArtefactException damaged) {
      return false;
    }
  }

  private Provenance provenance(ArtefactRef ref) {
    Path file = folder(ref).resolve("provenance.json");
    ArtefactJson.ObjectFile object = ArtefactJson.read(file, ArtefactJson.ObjectFile.class);
    ArtefactJson.requireFormat(file, object.format());
    String version = version(bytesOf(file));
    if (!version.equals(ref.version())) {
      throw new ArtefactException(
          file + " must have version " + ref.version() + " by its SHA-256, had " + version);
    }
    if (!object.sha256().equals(ref.sha256())) {
      throw new ArtefactException(
          file + " names SHA-256 " + object.sha256() + ", its set " + ref.sha256());
    }
    return object.provenance();
  }

  private static byte[] checkedPayload(ArtefactRef ref, Path file) {
    byte[] payload = bytesOf(file);
    String sha = Sha256.of(payload);
    if (!sha.equals(ref.sha256())) {
      throw new ArtefactException(
          file
              + " of "
              + payload.length
              + " bytes must have SHA-256 "
              + ref.sha256()
              + ", had "
              + sha);
    }
    return payload;
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ArtefactException(file + " is missing", e);
    } catch (IOException e) {
      throw new ArtefactException(file + " is not readable: " + e, e);
    }
  }

  private static String version(byte[] provenanceJson) {
    return Sha256.of(provenanceJson).substring(0, VERSION_LENGTH);
  }

  /**
   * @throws ArtefactException if the reference would leave the store
   */
  Path folder(ArtefactRef ref) {
    for (String part : new String[] {ref.kind(), ref.scope(), ref.version()}) {
      if (!part.matches("[A-Za-z0-9_%~-]+")) {
        throw new ArtefactException("object " + ref + " has a part that is no file name: " + part);
      }
    }
    return root.resolve(ref.kind()).resolve(ref.scope()).resolve(ref.version());
  }
}
