package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that starts a whole installation in the process. */
final class InstallationOptions {
  /**
   * Readiness shows with a checkpoint, so these come often; but each writes all state on the heap,
   * which took a quarter of the time on a million events when they came every two seconds.
   */
  private static final Duration CHECKPOINTS = Duration.ofSeconds(4);

  @Option(names = "--config", description = "thaw.yaml; without it every part runs embedded")
  @Nullable Path config;

  @Option(
      names = "--home",
      description = {
        "folder for the data of the parts (default: a temporary one);",
        "a folder of an earlier run goes on where that stopped"
      })
  @Nullable Path home;

  @Option(
      names = "--port",
      description = "of the server (default: that of the configuration, 8080)")
  @Nullable Integer port;

  @Option(names = "--once", description = "stop after the answers instead of serving on")
  boolean once;

  /**
   * @throws IllegalArgumentException if both --home and --config say where it is
   */
  Home openHome() throws IOException {
    if (config == null) {
      return Home.of(home);
    }
    Path configured = ThawConfig.load(config, System.getenv()).home();
    if (home != null && !Home.isSame(home, configured)) {
      throw new IllegalArgumentException(
          "--home must be the home of " + config + ", " + configured + ", was " + home);
    }
    return Home.of(configured);
  }

  ThawConfig configuration(Home opened) {
    ThawConfig base =
        config == null
            ? ThawConfig.embedded(opened.path())
            : ThawConfig.load(config, System.getenv());
    ServingConfig serving = base.serving();
    Integer asked = once && port == null ? Integer.valueOf(0) : port;
    ThawConfig.Jobs jobs = base.jobs();
    Duration often =
        CHECKPOINTS.compareTo(jobs.checkpointInterval()) < 0
            ? CHECKPOINTS
            : jobs.checkpointInterval();
    return base.withServing(asked == null ? serving : serving.withAddress(serving.host(), asked))
        .withJobs(jobs.withCheckpointInterval(often));
  }
}
