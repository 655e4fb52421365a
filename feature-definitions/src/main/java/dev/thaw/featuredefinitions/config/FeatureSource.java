package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.oneOf;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where serving reads features. What it writes (erasures, recent items) always goes to the store.
 *
 * @param type {@value #DIRECT} for the store, {@value #REMOTE} for a feature server before it
 * @param location {@code grpc://host:port} of that server, {@code grpcs://} where it speaks TLS;
 *     empty for the store
 * @param key that the server asks for, empty for none; never shown
 * @param ca PEM file with those who vouch for the server; null for those that the JVM trusts
 */
public record FeatureSource(String type, String location, String key, @Nullable Path ca) {
  public static final String DIRECT = "direct";
  public static final String REMOTE = "remote";
  private static final String ENCRYPTED = "grpcs://";

  public FeatureSource {
    oneOf("type", type, DIRECT, REMOTE);
    boolean isAddress =
        location.matches("grpcs?://(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+):[0-9]{1,5}");
    if (type.equals(REMOTE) ? !isAddress : !location.isEmpty()) {
      throw new IllegalArgumentException(
          "location must be "
              + (type.equals(REMOTE)
                  ? "grpc://host:port or grpcs://host:port"
                  : "left out, the store has its own")
              + ", was \""
              + Redacted.addresses(location)
              + '"');
    }
    if (ca != null && !location.startsWith(ENCRYPTED)) {
      throw new IllegalArgumentException(
          "ca must be left out where location is not grpcs://host:port, was \"" + ca + '"');
    }
  }

  /** Without a key. */
  public FeatureSource(String type, String location) {
    this(type, location, "", null);
  }

  public boolean isRemote() {
    return type.equals(REMOTE);
  }

  /** Whether the server is spoken to by TLS. */
  public boolean isEncrypted() {
    return location.startsWith(ENCRYPTED);
  }

  @Override
  public String toString() {
    return "FeatureSource[" + type + " " + location + "]";
  }
}
