package dev.thaw.serving.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of posted records. A record that was accepted before counts as accepted again, so
 * that the answer to a repeated post is the same.
 *
 * @param accepted durable records, duplicates included
 * @param duplicates of the accepted ones, those that change nothing: known before, or items older
 *     than what is known of them
 * @param rejected records that can't be used
 * @param errors the first rejected ones, one by one
 * @param degraded why other servers may not know of the accepted ones yet; empty if they do
 */
public record IngestReport(
    int accepted, int duplicates, int rejected, List<Rejection> errors, List<String> degraded) {
  public IngestReport {
    errors = List.copyOf(errors);
    degraded = List.copyOf(degraded);
  }

  /** Whether records came and none of them could be used: a caller fault. */
  public boolean nothingUsable() {
    return accepted == 0 && rejected > 0;
  }

  /**
   * @param line record within the body, from 1
   * @param field the field at fault, null if the record as a whole can't be read
   */
  public record Rejection(
      int line,
      @Nullable String field,
      @Nullable String value,
      @Nullable String bound,
      String message) {}
}
