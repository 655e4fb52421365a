package dev.thaw.serving.featureserver;

import java.time.Duration;

/**
 * Bounds of requests.
 *
 * @param rows entities of one request
 * @param features of one request
 * @param cells entities times features
 * @param bodyBytes of a request
 * @param deadline of a request that comes without one
 */
public record FeatureLimits(int rows, int features, int cells, int bodyBytes, Duration deadline) {
  public static final FeatureLimits DEFAULT =
      new FeatureLimits(10_000, 2_000, 500_000, 8 << 20, Duration.ofSeconds(2));
}
