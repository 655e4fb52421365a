package dev.thaw.launcher.commands;

import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw world}. */
@Command(
    name = "world",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the world of thaw demo as a data folder, for thaw load, run or evaluate.",
      "It ends now."
    })
public final class WorldCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--to", required = true, description = "the folder to write")
  Path to = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "" + DemoCommand.SEED,
      description = "of everything in it (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--times",
      defaultValue = "1",
      description = {
        "so many times the people and items of the demo, and so of its 200,000 events",
        "(default: ${DEFAULT-VALUE}; 16 take 3 GB of heap)"
      })
  int times;

  @Override
  public Integer call() throws IOException {
    DataFolder folder =
        generate(to, seed, times, InstantSource.system(), Progress.onStandardError());
    Objects.requireNonNull(spec).commandLine().getOut().println("Wrote " + folder.path());
    return ExitCodes.OK;
  }

  /** The world ends now, so that events posted by hand are of its present. */
  static DataFolder generate(Path to, long seed, int times, InstantSource wall, Progress progress)
      throws IOException {
    Instant end = wall.instant().truncatedTo(ChronoUnit.SECONDS);
    WorldConfig config = WorldConfig.demo(seed, end).times(times);
    try (Progress.Task task = progress.begin("generating the world", 0);
        DataFolderWriter writer = DataFolderWriter.open(to, true)) {
      World.generate(config).write(writer, config);
    }
    return DataFolder.open(to);
  }
}
