package dev.thaw.serving.security;

/** Bytes that may be held at once. Thread-safe. */
final class ByteBudget {
  private final long bytes;
  private long taken;

  ByteBudget(long bytes) {
    this.bytes = bytes;
  }

  /** What one holder has taken; given back once. */
  final class Share {
    private long held;
    private long arrived;
    private boolean ended;

    /** Sets aside what is announced to come; false if there is not that much. */
    boolean reserve(long announced) {
      synchronized (ByteBudget.this) {
        return ended || take(announced - held);
      }
    }

    /** Counts what has come; false if it is more than was set aside and there is no more. */
    boolean arrive(long more) {
      synchronized (ByteBudget.this) {
        arrived += more;
        return ended || take(arrived - held);
      }
    }

    private boolean take(long more) {
      if (more <= 0) {
        return true;
      }
      if (more > bytes - taken) {
        return false;
      }
      taken += more;
      held += more;
      return true;
    }

    void giveBack() {
      synchronized (ByteBudget.this) {
        if (!ended) {
          taken -= held;
          ended = true;
        }
      }
    }
  }

  Share share() {
    return new Share();
  }

  synchronized long taken() {
    return taken;
  }
}
