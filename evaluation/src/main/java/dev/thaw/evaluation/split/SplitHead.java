package dev.thaw.evaluation.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.thaw.models.interactions.RatingScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a written split says beside its rows, the file {@value #FILE}.
 *
 * @param format {@value #FORMAT}
 * @param scale of the target domain
 * @param before epoch milliseconds of the cut in time, null without one
 * @param fixedSupport whether the rows of the support are what is given; else they are the first of
 *     each user, of which the protocol gives K
 * @param sources scales of the source domains
 * @param pairs of domains in the whole catalogue; earlier versions wrote none, and those that the
 *     split has are all
 */
record SplitHead(
    String format,
    String domain,
    String origin,
    RatingScale scale,
    List<String> attributes,
    @Nullable Long before,
    boolean fixedSupport,
    SortedMap<String, RatingScale> sources,
    int pairs) {
  static final String FILE = "split.json";
  static final String FORMAT = "thaw-split-1";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  SplitHead {
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", was " + format);
    }
    attributes = List.copyOf(attributes);
    sources = new TreeMap<>(sources);
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * @throws IllegalArgumentException naming the file if it is damaged
   */
  static SplitHead read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return JSON.readValue(file.toFile(), SplitHead.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
  }
}
