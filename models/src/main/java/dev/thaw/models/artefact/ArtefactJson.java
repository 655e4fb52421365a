package dev.thaw.models.artefact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON files of the store. Keys in fixed order, so that equal values are equal bytes. */
final class ArtefactJson {
  static final int FORMAT = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ArtefactJson() {}

  /** {@code provenance.json} of an object. */
  record ObjectFile(
      int format, String kind, String scope, String sha256, long bytes, Provenance provenance) {}

  /** {@code sets/version.json}; created is an ISO instant. */
  record SetFile(
      int format,
      String version,
      String created,
      List<ArtefactRef> objects,
      Map<String, String> indexes) {}

  static byte[] bytes(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers can be written", e);
    }
  }

  /**
   * @throws ArtefactException naming the file and what is wrong
   */
  static <T> T read(Path file, Class<T> type) {
    try {
      @Nullable T value = MAPPER.readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw new ArtefactException(file + " must hold an object, was null");
      }
      return value;
    } catch (NoSuchFileException e) {
      throw new ArtefactException(file + " is missing", e);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new ArtefactException(
          file + " is not readable" + place + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ArtefactException(file + " is not readable: " + e, e);
    }
  }

  static void requireFormat(Path file, int format) {
    if (format != FORMAT) {
      throw new ArtefactException(file + " must have format " + FORMAT + ", had " + format);
    }
  }
}
