package dev.thaw.launcher.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback address on which nothing listens. */
public final class FreePorts {
  private FreePorts() {}

  /**
   * Different ones: each is held until the last is found, as a port that was let go may be given
   * out once more. They are free when this returns; nothing keeps others from taking them then.
   *
   * @throws IOException if there are not that many
   */
  public static List<Integer> find(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (held.size() < count) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
