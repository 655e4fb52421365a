package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.embedded.Installation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw tick}. */
@Command(
    name = "tick",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the jobs on the configured broker the time by the wall clock, until stopped.",
      "Needed where no thaw serve runs: a silent partition holds back the time of every job.",
      "Load a history before: what is older than jobs.lateness is late from the first tick on."
    })
public final class TickCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the broker")
  Path config = Path.of("");

  @Override
  public Integer call() throws Exception {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    try (AutoCloseable ticking = Installation.keepTimeAlone(thaw, InstantSource.system())) {
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .println("Ticking on " + thaw.kafka().bootstrapServers());
      UntilStopped.await();
    }
    return ExitCodes.OK;
  }
}
