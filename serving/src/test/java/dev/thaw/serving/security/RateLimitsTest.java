package dev.thaw.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.SecurityConfig.Rate;
import dev.thaw.serving.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private final Ticker ticker = new Ticker();

  @Test
  void aBurstPassesAndThenTheRate() {
    RateLimits limits = new RateLimits(new Rate(10, 5), ticker);
    for (int i = 0; i < 5; i++) {
      assertThat(limits.take("a")).isZero();
    }
    assertThat(limits.take("a")).isEqualTo(Duration.ofMillis(100));
    int passed = 0;
    for (int i = 0; i < 1_000; i++) {
      ticker.advance(Duration.ofMillis(10));
      passed += limits.take("a").isZero() ? 1 : 0;
    }
    assertThat(passed).isEqualTo(100);
  }

  @Test
  void callersAreRememberedUpToABound() {
    RateLimits limits = new RateLimits(new Rate(1, 1), ticker);
    for (int i = 0; i < 30_000; i++) {
      limits.take("caller " + i);
    }
    assertThat(limits.callers()).isBetween(1L, 10_000L);
    ticker.advance(Duration.ofSeconds(3));
    assertThat(limits.callers()).isZero();
  }

  @Test
  void aSubscriberOfTheLongAddressesIsOneCaller() throws UnknownHostException {
    assertThat(caller("2001:db8:1:2::1")).isEqualTo(caller("2001:db8:1:2:ffff::9"));
    assertThat(caller("2001:db8:1:2::1")).isNotEqualTo(caller("2001:db8:1:3::1"));
    assertThat(caller("192.0.2.1")).isNotEqualTo(caller("192.0.2.2"));
  }

  private static String caller(String address) throws UnknownHostException {
    return RateLimits.caller(InetAddress.getByName(address));
  }
}
