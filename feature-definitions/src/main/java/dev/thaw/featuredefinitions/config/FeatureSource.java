package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.oneOf;

/**
 * Where serving reads features. What it writes (erasures, recent items) always goes to the store.
 *
 * @param type {@value #DIRECT} for the store, {@value #REMOTE} for a feature server before it
 * @param location {@code grpc://host:port} of that server, empty for the store
 * @param key that the server asks for, empty for none; never shown
 */
public record FeatureSource(String type, String location, String key) {
  public static final String DIRECT = "direct";
  public static final String REMOTE = "remote";

  public FeatureSource {
    oneOf("type", type, DIRECT, REMOTE);
    boolean isAddress = location.matches("grpc://(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+):[0-9]{1,5}");
    if (type.equals(REMOTE) ? !isAddress : !location.isEmpty()) {
      throw new IllegalArgumentException(
          "location must be "
              + (type.equals(REMOTE) ? "grpc://host:port" : "left out, the store has its own")
              + ", was \""
              + Redacted.addresses(location)
              + '"');
    }
  }

  /** Without a key. */
  public FeatureSource(String type, String location) {
    this(type, location, "");
  }

  public boolean isRemote() {
    return type.equals(REMOTE);
  }

  @Override
  public String toString() {
    return "FeatureSource[" + type + " " + location + "]";
  }
}
