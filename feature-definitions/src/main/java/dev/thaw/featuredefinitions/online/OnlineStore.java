package dev.thaw.featuredefinitions.online;

import java.util.List;
import java.util.Optional;

/**
 * The online store. Implementations are thread-safe; calls block until the store answered. A row is
 * replaced as a whole, and only by a row whose event time is equal or newer.
 */
public interface OnlineStore extends AutoCloseable {

  /** One view of one entity. */
  record Read(String view, EntityKey key) {}

  /**
   * Reads everything in one round trip.
   *
   * @return as many answers as reads, in their order; empty where the entity has no row in the view
   * @throws OnlineStoreException if the store can't be reached or a row can't be read
   */
  List<Optional<FeatureRow>> read(List<Read> reads);

  /**
   * Writes rows of one view. Of several rows with one key the newest wins; equal times overwrite,
   * older never do.
   *
   * @return how many rows took effect; the others were older than what is stored
   * @throws OnlineStoreException if the store can't be reached; writing again is harmless
   */
  int write(String view, List<FeatureRow> rows);

  /** Removes the entities from the given views. Absent ones are fine. */
  void delete(List<Read> rows);

  @Override
  void close();
}
