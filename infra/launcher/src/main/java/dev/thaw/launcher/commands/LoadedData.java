package dev.thaw.launcher.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded into a home folder, written there when all of it had arrived.
 *
 * @param folder the data folder
 * @param contents of the folder when it was loaded
 * @param seed of the world, if it was generated
 * @param clockOffset of the installation's clock from the wall clock; kept, as time may not go back
 *     for the jobs
 */
record LoadedData(Path folder, Fingerprint contents, @Nullable Long seed, Duration clockOffset) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "loaded.json";

  void write(Path home) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("folder", folder.toAbsolutePath().toString());
    root.put("files", new TreeMap<>(contents.files()));
    if (seed != null) {
      root.put("seed", seed);
    }
    root.put("clock_offset", clockOffset.toString());
    Path beside = home.resolve("." + FILE);
    JSON.writeValue(beside.toFile(), root);
    Files.move(beside, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @throws IllegalArgumentException if the file is damaged, or of a version that did not write
   *     down which contents were loaded
   */
  static Optional<LoadedData> in(Path home) throws IOException {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode read = JSON.readTree(file.toFile());
      Map<String, String> files = new LinkedHashMap<>();
      read.path("files")
          .fields()
          .forEachRemaining(f -> files.put(f.getKey(), f.getValue().asText()));
      if (files.isEmpty()) {
        throw new IllegalArgumentException(
            file + " does not say which files were loaded; remove " + home + " to load them anew");
      }
      return Optional.of(
          new LoadedData(
              Path.of(read.path("folder").asText()),
              new Fingerprint(files),
              read.has("seed") ? read.get("seed").asLong() : null,
              Duration.parse(read.path("clock_offset").asText())));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * The topics and models of a home are those of the files that were loaded; with other files
   * beside them, domains and items would be mixed up.
   *
   * @param opened the data folder; elsewhere than it was if it was moved together with the home
   * @throws IllegalArgumentException if the folder's files are no longer those
   */
  void requireUnchanged(Path home, DataFolder opened) throws IOException {
    List<String> changed = contents.differencesTo(Fingerprint.of(opened));
    if (!changed.isEmpty()) {
      throw new IllegalArgumentException(
          home
              + " holds the data of "
              + opened.path()
              + " as it was before "
              + String.join(", ", changed)
              + " changed there; load it into another --home, or remove "
              + home
              + " first");
    }
  }

  /**
   * @throws IllegalArgumentException if it was generated from another seed, or not at all
   */
  void requireSeed(Path home, long asked) {
    if (seed == null || seed != asked) {
      throw new IllegalArgumentException(
          home
              + " holds "
              + (seed == null
                  ? "the data of " + folder + " and no generated world"
                  : "the world of seed " + seed + ", --seed was " + asked)
              + "; generate it into another --home, or remove "
              + home
              + " first");
    }
  }
}
