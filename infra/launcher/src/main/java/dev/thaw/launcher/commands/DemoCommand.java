package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.trainrouting.TrainRouting;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Generates a world of two domains, runs every job on it and shows explained answers",
      "for users and items of every degree of coldness. Serves until stopped."
    })
public final class DemoCommand implements Callable<Integer> {
  static final long SEED = 42;

  /** So that somebody who looks on sees the bandit learn. */
  private static final Duration REWARD_WINDOW = Duration.ofSeconds(20);

  @Spec @Nullable CommandSpec spec;

  @Mixin InstallationOptions options = new InstallationOptions();

  @Option(
      names = "--seed",
      description = "of the generated world (default: " + SEED + ", or that of the home)")
  @Nullable Long asked;

  @Override
  public Integer call() throws IOException {
    Progress progress = Progress.onStandardError();
    InstantSource wall = InstantSource.system();
    try (Home home = options.openHome()) {
      Path world = home.path().resolve("world");
      LoadedData before = home.loaded().orElse(null);
      long seed = seed(before, home);
      DataFolder folder =
          before == null
              ? WorldCommand.generate(world, seed, 1, wall, progress)
              : DataFolder.open(world);
      return new Session(
              home,
              quick(options.configuration(home)),
              folder,
              seed,
              wall,
              progress,
              Objects.requireNonNull(spec).commandLine().getOut())
          .run(options.once);
    }
  }

  /**
   * Learning the routing takes longer than all other trainings: only where it is asked for. Rewards
   * settle soon, where no other window than the usual one is asked for.
   */
  private static ThawConfig quick(ThawConfig config) {
    Map<String, String> parameters = new HashMap<>(config.jobs().parameters());
    parameters.putIfAbsent(TrainRouting.USERS, "0");
    ThawConfig.Jobs jobs = config.jobs().withParameters(parameters);
    Duration usual = ThawConfig.embedded(config.home()).jobs().rewardWindow();
    return config.withJobs(
        jobs.rewardWindow().equals(usual) ? jobs.withRewardWindow(REWARD_WINDOW) : jobs);
  }

  private long seed(@Nullable LoadedData before, Home home) {
    Long ofHome = before == null ? null : before.seed();
    long seed = asked != null ? asked : ofHome != null ? ofHome : SEED;
    if (before != null) {
      before.requireSeed(home.path(), seed);
    }
    return seed;
  }
}
