package dev.thaw.vectorindex.milvus;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and who asks.
 *
 * @param uri without the user
 * @param server {@code host:port}, for messages
 * @param token {@code user:password}, where the server asks for it
 */
record MilvusAddress(String uri, String server, @Nullable String token) {

  /**
   * @param uri {@code http://host:port} or {@code http://user:password@host:port}
   * @throws IllegalArgumentException if it is not of that form; it does not repeat the password
   */
  static MilvusAddress of(String uri) {
    URI address = parse(uri);
    if (address == null || address.getHost() == null || address.getPort() < 1) {
      throw new IllegalArgumentException(
          "a Milvus server is given as http://[user:password@]host:port, was "
              + uri.replaceAll("//.*@", "//...@"));
    }
    @Nullable String user = address.getUserInfo();
    return new MilvusAddress(
        user == null ? uri : uri.replace(address.getRawUserInfo() + "@", ""),
        address.getHost() + ":" + address.getPort(),
        user);
  }

  private static @Nullable URI parse(String uri) {
    try {
      return URI.create(uri);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return server;
  }
}
