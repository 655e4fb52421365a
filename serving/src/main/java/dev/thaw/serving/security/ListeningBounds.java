package dev.thaw.serving.security;

import com.linecorp.armeria.server.ServerBuilder;
import java.net.URI;

/** How a server listens, and what a caller may send before anybody looks at it. */
public final class ListeningBounds {
  /** Long enough for any key, trace and user agent. */
  static final int HEADER_BYTES = 16 * 1024;

  /** An id of an item may be in it, percent-encoded. */
  static final int LINE_BYTES = 8 * 1024;

  private ListeningBounds() {}

  public static ServerBuilder bound(ServerBuilder builder) {
    return builder
        .bossGroupFactory(AcceptingGroup::of)
        .http1MaxInitialLineLength(LINE_BYTES)
        .http1MaxHeaderSize(HEADER_BYTES)
        .http2MaxHeaderListSize(HEADER_BYTES);
  }

  /** Where a server listens. */
  public static URI uri(String host, int port) {
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }
}
