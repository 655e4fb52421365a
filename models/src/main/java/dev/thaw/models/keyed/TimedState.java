package dev.thaw.models.keyed;

/**
 * The state of a key that knows which timer was last set for it, so that the same is not set again
 * with every record: a timer has a place of its own in memory, far from its key's state. Not part
 * of the state's bytes; a state that was read back knows of none.
 */
public abstract class TimedState {
  /** Of {@link #timer}: none is known of. */
  public static final long NONE = Long.MAX_VALUE;

  private long timer = NONE;

  /** Time of the timer, epoch milliseconds, or {@link #NONE}. */
  public final long timer() {
    return timer;
  }

  public final void setTimer(long epochMillis) {
    timer = epochMillis;
  }
}
