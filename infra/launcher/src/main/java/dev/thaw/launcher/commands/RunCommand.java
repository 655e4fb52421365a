package dev.thaw.launcher.commands;

import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads a data folder (see thaw import), runs every job on it, shows explained answers",
      "and serves until stopped. Data that ended long ago is served by a clock set back to its end."
    })
public final class RunCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Mixin InstallationOptions options = new InstallationOptions();

  @Option(
      names = "--data",
      description = "data folder to load; not needed with the home of an earlier run")
  @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    try (Home home = options.openHome()) {
      DataFolder folder = DataFolder.open(folder(home));
      return new Session(
              home,
              options.configuration(home),
              folder,
              null,
              InstantSource.system(),
              Progress.onStandardError(),
              Objects.requireNonNull(spec).commandLine().getOut())
          .run(options.once);
    }
  }

  private Path folder(Home home) throws IOException {
    Path before = home.loaded().map(LoadedData::folder).orElse(null);
    if (data == null && before == null) {
      throw new IllegalArgumentException("--data must be given, or the --home of an earlier run");
    }
    if (data != null && before != null && !Home.isSame(data, before)) {
      throw new IllegalArgumentException(
          home.path() + " holds the data of " + before + ", --data was " + data);
    }
    return before == null ? Objects.requireNonNull(data) : before;
  }
}
