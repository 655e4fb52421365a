package dev.thaw.vectorindex.lucene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.lucene.util.IOUtils;

/**
 * The small JSON files beside the segments: {@code space.json}, which says what a folder holds and
 * is written last when a version is made, and {@code active.json} of a space. Both are replaced
 * whole.
 */
final class VersionFile {
  static final String SPACE = "space.json";
  static final String ACTIVE = "active.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param number of the version among those of its space, in the order they were made
   */
  record Version(VectorSpace space, long number) {}

  private VersionFile() {}

  static void writeVersion(Path folder, Version version) throws IOException {
    VectorSpace space = version.space();
    ObjectNode json = JSON.createObjectNode();
    json.put("space", space.name());
    json.put("version", space.modelVersion());
    json.put("dimension", space.dimension());
    json.put("metric", space.metric().name());
    json.put("number", version.number());
    replace(folder.resolve(SPACE), json);
  }

  static Version readVersion(Path folder) throws IOException {
    Path file = folder.resolve(SPACE);
    JsonNode json = read(file);
    try {
      VectorSpace space =
          new VectorSpace(
              json.path("space").asText(),
              json.path("version").asText(),
              json.path("dimension").asInt(),
              Metric.valueOf(json.path("metric").asText()));
      return new Version(space, json.path("number").asLong());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  static void writeActive(Path folder, String modelVersion) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", modelVersion);
    replace(folder.resolve(ACTIVE), json);
  }

  static String readActive(Path folder) throws IOException {
    Path file = folder.resolve(ACTIVE);
    JsonNode version = read(file).path("version");
    if (!version.isTextual()) {
      throw new IOException(file + " must have a text \"version\", has " + version);
    }
    return version.asText();
  }

  private static JsonNode read(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void replace(Path file, ObjectNode json) throws IOException {
    Path folder = file.resolveSibling(".");
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, JSON.writeValueAsBytes(json));
    IOUtils.fsync(draft, false);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    IOUtils.fsync(folder, true);
  }
}
