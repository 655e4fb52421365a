package dev.thaw.flinkjobs.keyed;

import java.io.Serializable;

/**
 * What the records of one key come to. {@link KeyedFoldOperator} keeps the state, calls in event
 * time and coalesces the results. An instance belongs to one task.
 *
 * @param <I> records
 * @param <S> state of a key; may be changed in place
 * @param <O> results
 */
public interface KeyedFold<I, S, O> extends Serializable {
  /** Of {@link #nextTimer}: nothing happens without a record. */
  long NEVER = Long.MAX_VALUE;

  /** The state of a key that nothing is known of. */
  S empty();

  /** A state as it was stored, in the form that this fold works on. */
  default S adopt(S stored) {
    return stored;
  }

  /**
   * Adds a record.
   *
   * @return whether {@link #emit} has something new to say
   */
  boolean add(String key, S state, I input, FoldContext<O> context);

  /**
   * Event time has reached what {@link #nextTimer} asked for, or a time asked for earlier.
   *
   * @param time of the timer, epoch milliseconds; never above the watermark
   * @return whether {@link #emit} has something new to say
   */
  boolean onTimer(String key, S state, long time, FoldContext<O> context);

  /**
   * The event time at which {@link #onTimer} has something to do, epoch milliseconds. Asked after
   * every change; few different answers a key keep the number of timers small.
   */
  long nextTimer(String key, S state);

  /**
   * Whether the state may be dropped.
   *
   * @param watermark event time up to which everything has come, epoch milliseconds
   */
  boolean isEmpty(String key, S state, long watermark);

  /**
   * When a record happened, epoch milliseconds: what is not newer than an {@link
   * dev.thaw.featuredefinitions.wire.Erasure} of its key is dropped.
   */
  default long timeOf(I input) {
    return Long.MAX_VALUE;
  }

  /**
   * Whether records count however late they come, so that an {@link
   * dev.thaw.featuredefinitions.wire.Erasure} of their key has to be remembered for ever. Others
   * are refused before they are here once lateness is over.
   */
  default boolean takesAnyAge() {
    return false;
  }

  /**
   * The key was erased and its state is gone. What this gives out lets the erasure reach the end.
   *
   * @param time of the erasure, epoch milliseconds
   */
  default void erased(String key, long time, FoldContext<O> context) {}

  /** Gives out the result of a key; called once for many changes. */
  void emit(String key, S state, FoldContext<O> context);
}
