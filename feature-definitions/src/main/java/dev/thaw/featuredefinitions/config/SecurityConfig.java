package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;
import static dev.thaw.featuredefinitions.config.Bounds.notBlank;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call our servers, and how often.
 *
 * @param keys none leave the servers open, which is for loopback only
 * @param rate of each key, or of each address where there are no keys; null for any
 * @param admin where metrics and details are served instead of beside the interface; null for
 *     beside
 * @param tls what every port of ours speaks; null for plain HTTP
 */
public record SecurityConfig(
    List<ApiKey> keys, @Nullable Rate rate, @Nullable Admin admin, @Nullable TlsConfig tls) {
  public static final SecurityConfig OPEN = new SecurityConfig(List.of(), null, null);

  public SecurityConfig {
    keys = List.copyOf(keys);
    Set<String> names = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (ApiKey key : keys) {
      if (!names.add(key.name())) {
        throw new IllegalArgumentException(
            "keys must have names of their own, two are \"" + key.name() + '"');
      }
      if (!hashes.add(key.hash())) {
        throw new IllegalArgumentException(
            "keys must differ, \"" + key.name() + "\" has the key of another");
      }
    }
  }

  /** Without TLS. */
  public SecurityConfig(List<ApiKey> keys, @Nullable Rate rate, @Nullable Admin admin) {
    this(keys, rate, admin, null);
  }

  /**
   * @param perSecond requests that come in again each second
   * @param burst requests that may come at once after a pause
   */
  public record Rate(int perSecond, int burst) {
    public Rate {
      inRange("requests_per_second", perSecond, 1, 1_000_000);
      inRange("burst", burst, 1, 10_000_000);
    }
  }

  /**
   * @param host address to listen on, loopback by default
   * @param port 0 for any free one
   */
  public record Admin(String host, int port) {
    public Admin {
      notBlank("host", host);
      inRange("port", port, 0, 65_535);
    }
  }

  public SecurityConfig withTls(TlsConfig newTls) {
    return new SecurityConfig(keys, rate, admin, newTls);
  }

  public boolean isOpen() {
    return keys.isEmpty();
  }

  /**
   * Refuses to open a server, or its port for operators, to a network without keys.
   *
   * @param key of the address in {@code thaw.yaml}
   * @throws IllegalArgumentException naming key, value and bound
   */
  public void requireKeysBeyondLoopback(String key, String host) {
    requireKeys(key, host);
    if (admin != null) {
      requireKeys("security.admin.host", admin.host());
    }
  }

  private void requireKeys(String key, String host) {
    if (isOpen() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          key
              + " must be a loopback address such as 127.0.0.1 where security.keys has no key, was \""
              + host
              + '"');
    }
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
