package dev.thaw.launcher.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  /** One after the other, the system gives one out again now and then: among 500 surely. */
  @Test
  void allAreDifferentAndFree() throws Exception {
    List<Integer> ports = FreePorts.find(500);
    assertThat(ports).hasSize(500).doesNotHaveDuplicates();
    try (ServerSocket bound = new ServerSocket(ports.get(0), 1, InetAddress.getLoopbackAddress())) {
      assertThat(bound.isBound()).isTrue();
    }
  }
}
