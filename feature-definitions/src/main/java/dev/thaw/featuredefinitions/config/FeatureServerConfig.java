package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;
import static dev.thaw.featuredefinitions.config.Bounds.notBlank;

/**
 * The server for Feast's clients.
 *
 * @param host address to listen on, loopback by default
 * @param port 0 for any free one
 */
public record FeatureServerConfig(String host, int port) {
  public FeatureServerConfig {
    notBlank("host", host);
    inRange("port", port, 0, 65_535);
  }
}
