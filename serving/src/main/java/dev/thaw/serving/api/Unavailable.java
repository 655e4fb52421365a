package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.serving.catalogue.CatalogueBehindException;
import dev.thaw.serving.eventlog.LogFullException;
import dev.thaw.vectorindex.VectorIndexException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** Failures that pass: the caller may ask for the same again. */
final class Unavailable {
  private Unavailable() {}

  /** What to tell the caller; empty if asking again would not help. */
  static Optional<String> reason(Throwable cause) {
    if (cause instanceof LogFullException full) {
      return Optional.of(String.valueOf(full.getMessage()));
    }
    if (cause instanceof CatalogueBehindException behind) {
      return Optional.of(String.valueOf(behind.getMessage()));
    }
    if (cause instanceof DependencyAway away) {
      return Optional.of(away.getMessage());
    }
    if (cause instanceof RejectedExecutionException) {
      return Optional.of("too many writes at once; try again later");
    }
    // only removals reach a store unguarded, and their tombstones are durable by then
    if (cause instanceof OnlineStoreException || cause instanceof VectorIndexException) {
      return Optional.of(
          "a store is away; the removal is written down and the jobs follow it, try again to have"
              + " it done here: "
              + cause.getMessage());
    }
    return Optional.empty();
  }
}
