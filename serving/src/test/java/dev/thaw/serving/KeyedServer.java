package dev.thaw.serving;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.auth.AuthToken;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerListener;
import dev.thaw.featuredefinitions.config.ApiKey;
import dev.thaw.featuredefinitions.config.Role;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.serving.v1.ThawServiceGrpc;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A real server that asks for keys, and calls with one of them. */
final class KeyedServer implements AutoCloseable {
  static final String READ = "read-key-of-the-tests";
  static final String WRITE = "write-key-of-the-tests";
  static final String ADMIN = "admin-key-of-the-tests";
  static final List<ApiKey> KEYS =
      List.of(
          ApiKey.ofKey("reader", Role.READ, READ),
          ApiKey.ofKey("writer", Role.WRITE, WRITE),
          ApiKey.ofKey("owner", Role.ADMIN, ADMIN));

  final ServerFixture thaw;
  private final AtomicReference<Server> server = new AtomicReference<>();

  KeyedServer(Path folder, SecurityConfig security) {
    this.thaw =
        new ServerFixture(
            folder,
            parts ->
                secured(parts, config -> config.withSecurity(security))
                    .withExtension(
                        builder ->
                            builder.serverListener(
                                ServerListener.builder().whenStarted(server::set).build())),
            UnaryOperator.identity());
  }

  static ServerParts secured(ServerParts p, UnaryOperator<ThawConfig> config) {
    return new ServerParts(
        config.apply(p.config()),
        p.domains(),
        p.features(),
        p.store(),
        p.recents(),
        p.indexes(),
        p.models(),
        p.log(),
        p.feed(),
        p.clocks(),
        p.tuning(),
        p.extension(),
        p.reader());
  }

  /** As Armeria knows it, with all its routes. */
  Server server() {
    return server.get();
  }

  /** With {@code Authorization: Bearer}; an empty key for none. */
  AggregatedHttpResponse call(HttpMethod method, String path, String key, String body) {
    return call(thaw.server.uri(), method, path, key, body);
  }

  static AggregatedHttpResponse call(
      URI uri, HttpMethod method, String path, String key, String body) {
    RequestHeadersBuilder headers = RequestHeaders.builder(method, path);
    if (!body.isEmpty()) {
      headers.contentType(MediaType.JSON);
    }
    if (!key.isEmpty()) {
      headers.add("authorization", "Bearer " + key);
    }
    return WebClient.of(uri)
        .blocking()
        .execute(HttpRequest.of(headers.build(), HttpData.ofUtf8(body)));
  }

  ThawServiceGrpc.ThawServiceBlockingStub grpc(String key) {
    return GrpcClients.builder("gproto+" + thaw.server.uri())
        .auth(AuthToken.ofOAuth2(key))
        .build(ThawServiceGrpc.ThawServiceBlockingStub.class);
  }

  @Override
  public void close() {
    thaw.close();
  }
}
