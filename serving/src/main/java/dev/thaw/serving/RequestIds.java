package dev.thaw.serving;

import dev.thaw.featuredefinitions.vocabulary.RequestId;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Names of answers. */
final class RequestIds {
  private RequestIds() {}

  /** 96 random bits for the process, then a counter: unique among servers and restarts. */
  static Supplier<RequestId> random() {
    SecureRandom random = new SecureRandom();
    String process =
        Long.toUnsignedString(random.nextLong(), 36)
            + Integer.toUnsignedString(random.nextInt(), 36);
    AtomicLong counter = new AtomicLong();
    return () -> RequestId.of(process + "-" + Long.toString(counter.incrementAndGet(), 36));
  }
}
