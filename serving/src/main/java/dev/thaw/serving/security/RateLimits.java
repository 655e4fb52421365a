package dev.thaw.serving.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.thaw.featuredefinitions.config.SecurityConfig.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each caller. Of callers that are only known by their address, the {@value
 * #CALLERS} that came last are remembered. Thread-safe.
 */
final class RateLimits {
  private static final int CALLERS = 10_000;

  /** A subscriber of IPv6 has at least this many bytes of an address to himself. */
  private static final int NETWORK_BYTES = 8;

  private final @Nullable LoadingCache<String, Bucket> buckets;

  /**
   * @param rate null for no limit
   * @param nanoTime monotonic
   */
  RateLimits(@Nullable Rate rate, LongSupplier nanoTime) {
    this.buckets =
        rate == null
            ? null
            : Caffeine.newBuilder()
                .maximumSize(CALLERS)
                .ticker(nanoTime::getAsLong)
                // one that was idle for this long is full again, as a new one is
                .expireAfterAccess(Duration.ofSeconds(1 + rate.burst() / rate.perSecond()))
                .build(caller -> bucket(rate, nanoTime));
  }

  private static Bucket bucket(Rate rate, LongSupplier nanoTime) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
        .withCustomTimePrecision(new Time(nanoTime))
        .build();
  }

  /** Takes one request from the caller; how long he has to wait, zero if it may pass. */
  Duration take(String caller) {
    if (buckets == null) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(
        buckets.get(caller).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
  }

  long callers() {
    if (buckets == null) {
      return 0;
    }
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  /** The network of an address that is long enough to be changed at will. */
  static String caller(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
  }

  private record Time(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
