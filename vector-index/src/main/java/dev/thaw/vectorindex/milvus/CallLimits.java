package dev.thaw.vectorindex.milvus;

import java.time.Duration;

/**
 * How long whoever calls may be kept.
 *
 * @param connect until a connection that is made for the call is up
 * @param call one attempt of a call; all attempts together end within twice this
 * @param attempts of a call that the transport failed; late ones are never tried again
 */
record CallLimits(Duration connect, Duration call, int attempts) {
  CallLimits {
    if (connect.toMillis() < 1 || call.toMillis() < 1 || attempts < 1) {
      throw new IllegalArgumentException(
          "connect and call must be at least 1 ms and attempts at least 1, were "
              + connect
              + ", "
              + call
              + ", "
              + attempts);
    }
  }

  /** Somebody waits for the page: the threads of a hung server are free again after this. */
  static CallLimits forSearches() {
    return new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), 1);
  }

  /** A job that writes, or builds a version. */
  static CallLimits forWork() {
    return new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 3);
  }
}
