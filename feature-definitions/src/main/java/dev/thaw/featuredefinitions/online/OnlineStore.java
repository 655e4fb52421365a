package dev.thaw.featuredefinitions.online;

import java.util.List;

/**
 * The online store. Implementations are thread-safe; calls block until the store answered. A row is
 * replaced as a whole, and only by a row whose event time is equal or newer.
 */
public interface OnlineStore extends OnlineReader {

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
}
