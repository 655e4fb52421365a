package dev.thaw.serving.security;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.thaw.featuredefinitions.config.SecurityConfig.Admin;
import java.net.URI;

/** A port of its own for what only operators ask for. */
public final class AdminServer implements AutoCloseable {
  private final Server server;
  private final Listening listening;
  private final String host;

  private AdminServer(Server server, Listening listening, String host) {
    this.server = server;
    this.listening = listening;
    this.host = host;
  }

  /**
   * Not started yet.
   *
   * @param services with what is served there
   */
  public static AdminServer of(Admin admin, Listening listening, ServerBuilder services) {
    return new AdminServer(
        listening.on(admin.host(), admin.port(), services).build(), listening, admin.host());
  }

  public void start() {
    server.start().join();
  }

  public URI uri() {
    return listening.uri(host, server.activeLocalPort());
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
