package dev.thaw.launcher.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code infra/local/down} leaves of a stack of its own: nothing, whatever was killed before.
 */
class StackDownIT {
  @TempDir Path folder;

  @Test
  void serversThatHaveLostTheirSupervisorAreEndedByTheNextUpOrDown() throws Exception {
    Path home = folder.resolve("home");
    Map<String, String> own =
        Map.of("THAW_HOME", home.toString(), "THAW_PORTS", Integer.toString(rowOfPorts()));
    StackCommands stack = new StackCommands(folder);
    try {
      stack.run(own, "up", "redis", "milvus");
      List<ProcessHandle> servers = processes(home);
      assertThat(servers).map(StackDownIT::name).contains("milvus", "redis-server");

      killSupervisor(home);
      assertThat(stack.run(own, "up", "redis", "milvus")).contains("lost its supervisord: ");
      assertThat(servers).noneMatch(ProcessHandle::isAlive);

      killSupervisor(home);
      assertThat(stack.run(own, "down")).contains("milvus", "redis-server", "nothing runs in");
    } finally {
      stack.run(own, "down");
    }
    assertThat(processes(home)).isEmpty();
  }

  private static String name(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static void killSupervisor(Path home) throws IOException {
    long supervisor = Long.parseLong(Files.readString(home.resolve("run/supervisord.pid")).trim());
    ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
  }

  /** Those that have the home in their environment, as only what {@code up} started has. */
  private static List<ProcessHandle> processes(Path home) {
    return ProcessHandle.allProcesses()
        .filter(process -> hasHome(process, "THAW_HOME=" + home))
        .toList();
  }

  private static boolean hasHome(ProcessHandle process, String setting) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"))
          .contains(setting + '\0');
    } catch (IOException e) {
      return false;
    }
  }

  /** The first of 50 that are free now. */
  private static int rowOfPorts() throws IOException {
    for (int first = 23_000; first < 30_000; first += 50) {
      if (areFree(first)) {
        return first;
      }
    }
    throw new AssertionError("no 50 ports in a row are free");
  }

  private static boolean areFree(int first) {
    for (int port = first; port < first + 50; port++) {
      try (ServerSocket socket = new ServerSocket(port)) {
        assertThat(socket.isBound()).isTrue();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
