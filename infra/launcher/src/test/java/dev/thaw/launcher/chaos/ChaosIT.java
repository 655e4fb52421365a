package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thaw.launcher.console.Progress;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two rounds on real servers: a TaskManager and Redis are killed under a stream and requests. Asked
 * for by THAW_CHAOS=true, as its stack takes all of a small machine.
 */
@Timeout(900)
@EnabledIfEnvironmentVariable(named = "THAW_CHAOS", matches = "true")
class ChaosIT {
  private static final int ROUNDS = 2;

  /** Kills those two, see {@link #kills}. */
  private static final long SEED = 5;

  @TempDir Path folder;

  @Test
  void everyGuaranteeHoldsThoughATaskManagerAndAStoreAreKilled() throws Exception {
    kills();
    Path scripts = Path.of("../local").toAbsolutePath().normalize();
    requireInstalled(scripts);
    ChaosRun run =
        new ChaosRun(
            new ChaosRun.Asked(scripts, folder.resolve("home"), freePorts(), ROUNDS, SEED),
            InstantSource.system(),
            Progress.silent());
    ChaosReport report = run.run();
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    assertThat(report.rounds()).hasSize(ROUNDS).allMatch(round -> round.counts().requests() > 0);
    assertThat(report.guarantees())
        .hasSize(9)
        .allSatisfy(each -> assertThat(each.broken()).as(each.name()).isEmpty());
  }

  private static void kills() {
    assertThat(Victim.draw(ROUNDS, SEED))
        .contains(Victim.REDIS)
        .containsAnyOf(Victim.TASKMANAGER_1, Victim.TASKMANAGER_2);
  }

  /** Skips the test where a part is missing, fails it in CI. */
  private static void requireInstalled(Path scripts) {
    Path installed = scripts.resolve("../../.thaw").normalize();
    List<String> missing = new ArrayList<>();
    if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .noneMatch(each -> Files.isExecutable(Path.of(each, "redis-server")))) {
      missing.add("redis-server");
    }
    for (String each :
        List.of("flink/home", "milvus/server/milvus", "supervisor/bin/supervisord")) {
      if (!Files.exists(installed.resolve(each))) {
        missing.add(".thaw/" + each);
      }
    }
    if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("missing in CI: " + missing + "; run infra/local/up first");
    }
    assumeTrue(missing.isEmpty(), "missing: " + missing + "; see infra/local/up");
  }

  /** The first of fifty in a row that are free just now. */
  private static int freePorts() {
    SplittableRandom random = new SplittableRandom();
    while (true) {
      int first = random.nextInt(20_000, 32_000);
      if (areFree(first)) {
        return first;
      }
    }
  }

  private static boolean areFree(int first) {
    for (int port = first; port < first + 50; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.isBound()).isTrue();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
