package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.models.images.ImageFetcher;
import dev.thaw.models.images.UnreadableImageException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Leaves a server alone that failed several times in a row: its images are refused at once, where
 * each would have waited for the timeout, until one is tried again. Servers that answer, if only
 * that there is no such image, are none that failed. Thread-safe.
 */
public final class HostBreakers implements ImageFetcher {
  private final ImageFetcher servers;
  private final InstantSource time;
  private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

  /**
   * @param servers asked while they are not left alone
   * @param time decides when one is tried again
   */
  public HostBreakers(ImageFetcher servers, InstantSource time) {
    this.servers = servers;
    this.time = time;
  }

  @Override
  public byte[] fetch(URI uri, EncoderConfig.Image limits) throws UnreadableImageException {
    EncoderConfig.HostBreaker when = limits.breaker();
    String host = String.valueOf(uri.getAuthority()).toLowerCase(Locale.ROOT);
    CircuitBreaker breaker = breakers.computeIfAbsent(host, name -> breaker(name, when));
    if (!breaker.tryAcquirePermission()) {
      throw new UnreadableImageException(
          "was not asked for: "
              + host
              + " failed "
              + when.failures()
              + " times in a row and is left alone for "
              + when.openFor());
    }
    try {
      byte[] image = servers.fetch(uri, limits);
      succeeded(breaker);
      return image;
    } catch (UnreadableImageException e) {
      if (e.isServerFailed()) {
        breaker.onError(0, TimeUnit.NANOSECONDS, e);
      } else {
        succeeded(breaker);
      }
      throw e;
    } catch (RuntimeException e) {
      breaker.releasePermission();
      throw e;
    }
  }

  /** How long it took says nothing: what is too slow has failed. */
  private static void succeeded(CircuitBreaker breaker) {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** Opens where all of the last calls failed. */
  private CircuitBreaker breaker(String host, EncoderConfig.HostBreaker when) {
    return CircuitBreaker.of(
        host,
        CircuitBreakerConfig.custom()
            .slidingWindowSize(when.failures())
            .minimumNumberOfCalls(when.failures())
            .failureRateThreshold(100)
            .waitDurationInOpenState(when.openFor())
            .permittedNumberOfCallsInHalfOpenState(1)
            .clock(time.withZone(ZoneOffset.UTC))
            .build());
  }
}
