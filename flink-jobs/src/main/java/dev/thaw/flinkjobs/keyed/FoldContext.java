package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.wire.DeadLetter;

/** Where a fold is called from. */
public interface FoldContext<O> {
  /** Event time up to which everything has come, epoch milliseconds. */
  long watermark();

  /** A result, at once. */
  void collect(O result);

  /** Something that can't be used. */
  void reject(DeadLetter letter);
}
