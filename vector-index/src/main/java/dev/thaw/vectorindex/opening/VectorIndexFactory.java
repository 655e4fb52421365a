package dev.thaw.vectorindex.opening;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.exact.ExactIndexes;
import dev.thaw.vectorindex.lucene.LuceneIndexes;
import dev.thaw.vectorindex.milvus.MilvusIndexes;
import java.nio.file.Path;

/** Opens what the configuration names. */
public final class VectorIndexFactory {
  private VectorIndexFactory() {}

  /**
   * Opens the indexes of an installation. Lucene folders and exact indexes are shared by everybody
   * in this process who opens the same location; each closes what it opened.
   *
   * @throws dev.thaw.vectorindex.VectorIndexException if the place can't be used, naming it
   */
  public static VectorIndexes open(ThawConfig.Index config) {
    return switch (config.type()) {
      case "exact" -> ExactIndexes.shared(config.location());
      case "lucene" -> LuceneIndexes.open(Path.of(config.location()));
      case "milvus" -> MilvusIndexes.open(config.location());
      default ->
          throw new IllegalArgumentException(
              "type must be one of lucene, milvus, exact, was \"" + config.type() + '"');
    };
  }
}
