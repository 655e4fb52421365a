package dev.thaw.launcher.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What was loaded into a home folder, written there when all of it had arrived.
 *
 * @param folder the data folder
 * @param clockOffset of the installation's clock from the wall clock; kept, as time may not go back
 *     for the jobs
 */
record LoadedData(Path folder, Duration clockOffset) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "loaded.json";

  void write(Path home) throws IOException {
    Path beside = home.resolve("." + FILE);
    JSON.writeValue(
        beside.toFile(),
        Map.of(
            "folder", folder.toAbsolutePath().toString(), "clock_offset", clockOffset.toString()));
    Files.move(beside, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @throws IllegalArgumentException if the file is damaged
   */
  static Optional<LoadedData> in(Path home) throws IOException {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode read = JSON.readTree(file.toFile());
      return Optional.of(
          new LoadedData(
              Path.of(read.path("folder").asText()),
              Duration.parse(read.path("clock_offset").asText())));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException(file + " is damaged: " + e.getMessage(), e);
    }
  }
}
