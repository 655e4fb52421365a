package dev.thaw.serving.security;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that accepts connections. Netty waits two seconds for further tasks before such a
 * group ends; a port that is closed already has none to come, so a server without open connections
 * stops that much sooner.
 */
final class AcceptingGroup extends MultiThreadIoEventLoopGroup {
  private static final int PATIENCE_SECONDS = 10;

  private AcceptingGroup(String name, IoHandlerFactory transport) {
    super(1, new DefaultThreadFactory(name), transport);
  }

  static EventLoopGroup of(String name) {
    TransportType transport = Flags.transportType();
    return switch (transport) {
      case EPOLL -> new AcceptingGroup(name, EpollIoHandler.newFactory());
      case NIO -> new AcceptingGroup(name, NioIoHandler.newFactory());
      default -> EventLoopGroups.newEventLoopGroup(1, name);
    };
  }

  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
