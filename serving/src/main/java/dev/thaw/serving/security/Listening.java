package dev.thaw.serving.security;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.ServerBuilder;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.TlsConfig;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How our servers listen: what a caller may send before anybody looks at it, and TLS alone where
 * there is a certificate.
 */
public final class Listening {
  /** Long enough for any key, trace and user agent. */
  static final int HEADER_BYTES = 16 * 1024;

  /** An id of an item may be in it, percent-encoded. */
  static final int LINE_BYTES = 8 * 1024;

  private final @Nullable TlsKeyPair pair;

  /** Who vouches for callers; empty for any caller. */
  private final List<X509Certificate> callers;

  private Listening(@Nullable TlsKeyPair pair, List<X509Certificate> callers) {
    this.pair = pair;
    this.callers = callers;
  }

  /**
   * Reads the files of {@code security.tls}.
   *
   * @throws IllegalArgumentException naming field and file if one can't be used
   */
  public static Listening of(SecurityConfig security) {
    TlsConfig tls = security.tls();
    if (tls == null) {
      return new Listening(null, List.of());
    }
    return new Listening(
        TlsFiles.pair(tls),
        tls.clientCa() == null
            ? List.of()
            : TlsFiles.certificates("security.tls.client_ca", tls.clientCa()));
  }

  /**
   * @param port 0 for any free one
   */
  public ServerBuilder on(String host, int port, ServerBuilder builder) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    builder
        .bossGroupFactory(AcceptingGroup::of)
        .http1MaxInitialLineLength(LINE_BYTES)
        .http1MaxHeaderSize(HEADER_BYTES)
        .http2MaxHeaderListSize(HEADER_BYTES);
    if (pair == null) {
      return builder.http(address);
    }
    if (!callers.isEmpty()) {
      builder.tlsCustomizer(tls -> tls.trustManager(callers).clientAuth(ClientAuth.REQUIRE));
    }
    return builder.tls(pair).https(address);
  }

  /** Where a server listens. */
  public URI uri(String host, int port) {
    return URI.create(
        (pair == null ? "http://" : "https://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port);
  }
}
