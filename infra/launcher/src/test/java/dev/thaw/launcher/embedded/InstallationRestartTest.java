package dev.thaw.launcher.embedded;

import static dev.thaw.launcher.embedded.TinyWorld.get;
import static dev.thaw.launcher.embedded.TinyWorld.post;
import static dev.thaw.launcher.embedded.TinyWorld.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation that stops between two checkpoints and starts again in its home. */
class InstallationRestartTest {
  private static final Instant END = Instant.parse("2026-03-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path home;

  @Test
  void nothingIsCountedTwiceAndTheNextEventOnce() throws Exception {
    DataFolder folder =
        TinyWorld.folder(
            home,
            purchase("first", "phone", 10, "2026-03-04T00:00:00Z"),
            purchase("second", "desktop", 20, "2026-03-05T10:00:00Z"));
    ThawConfig config = TinyWorld.config(home, folder);
    try (Installation thaw = new Installation(config, Progress.silent())) {
      thaw.load(folder, END, TinyWorld.nobody());
      thaw.keepTime(() -> END);
      URI uri = thaw.serve(() -> END);
      assertThat(get(uri.resolve("/v1/users/u1"))).contains("\"spend_30d\":30.0");
      post(uri.resolve("/v1/events"), purchase("third", "phone", 5, "2026-03-05T11:00:00Z"));
      awaitUser(uri, "\"spend_30d\":35.0");
      // it ends here, and its jobs have to read the third again or to remember it
    }
    try (Installation thaw = new Installation(config, Progress.silent())) {
      thaw.keepTime(() -> END);
      URI uri = thaw.serve(() -> END);
      assertThat(get(uri.resolve("/v1/users/u1"))).contains("\"spend_30d\":35.0");
      post(uri.resolve("/v1/events"), purchase("third", "phone", 5, "2026-03-05T11:00:00Z"));
      post(uri.resolve("/v1/events"), purchase("fourth", "phone", 7, "2026-03-05T11:30:00Z"));
      String user = awaitUser(uri, "\"spend_30d\":42.0");
      assertThat(user).contains("\"interactions\":1");
      thaw.checkpoint();
      awaitOneCheckpointAJob(config.home().resolve("checkpoints"));
    }
  }

  /** Those of the earlier run go when newer ones have taken their place. */
  private static void awaitOneCheckpointAJob(Path folder) throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Long> complete = complete(folder);
    while (!complete.values().stream().allMatch(n -> n == 1) && System.nanoTime() < until) {
      LockSupport.parkNanos(100_000_000);
      complete = complete(folder);
    }
    assertThat(complete).hasSize(6).allSatisfy((job, n) -> assertThat(n).isEqualTo(1));
  }

  /** Complete checkpoints by job. */
  private static Map<String, Long> complete(Path folder) throws IOException {
    Map<String, Long> complete = new TreeMap<>();
    try (Stream<Path> jobs = Files.list(folder)) {
      for (Path job : jobs.toList()) {
        complete.put(job.getFileName().toString(), metadata(job));
      }
    }
    return complete;
  }

  private static long metadata(Path job) throws IOException {
    try (Stream<Path> files = Files.walk(job)) {
      return files.filter(file -> file.endsWith("_metadata")).count();
    } catch (UncheckedIOException e) {
      // a folder went while it was looked into
      return -1;
    }
  }

  /** What is known of the user once it says this. */
  private static String awaitUser(URI uri, String wanted) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    String user = get(uri.resolve("/v1/users/u1"));
    while (!user.contains(wanted) && System.nanoTime() < until) {
      LockSupport.parkNanos(50_000_000);
      user = get(uri.resolve("/v1/users/u1"));
    }
    assertThat(user).contains(wanted);
    return user;
  }
}
