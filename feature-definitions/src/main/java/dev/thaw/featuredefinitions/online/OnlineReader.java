package dev.thaw.featuredefinitions.online;

import java.util.List;
import java.util.Optional;

/**
 * Where feature rows are read: an online store, or a feature server before one. Implementations are
 * thread-safe; calls block until the answer is there.
 */
public interface OnlineReader extends AutoCloseable {

  /** One view of one entity. */
  record Read(String view, EntityKey key) {}

  /**
   * Reads everything in one round trip.
   *
   * @return as many answers as reads, in their order; empty where the entity has no row in the view
   * @throws OnlineStoreException if the store can't be reached or a row can't be read
   * @throws IllegalArgumentException if a view is not declared or a key can't be written
   */
  List<Optional<FeatureRow>> read(List<Read> reads);

  @Override
  void close();
}
