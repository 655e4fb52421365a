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

/** {@code thaw serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serves beside a broker, store, index and jobs that run elsewhere, until stopped.",
      "Tells the jobs the time by the wall clock, as thaw tick does: load old events before.",
      "An index of type lucene takes one process: beside thaw run or train use milvus.",
      "A home takes one server."
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with their addresses")
  Path config = Path.of("");

  @Option(
      names = "--no-ticks",
      description = "leave the time to thaw tick, as where a history is to be loaded first")
  boolean noTicks;

  @Override
  public Integer call() throws Exception {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    Installation.Served served = Installation.serveAlone(thaw, InstantSource.system(), !noTicks);
    try (AutoCloseable parts = served.parts()) {
      Objects.requireNonNull(spec).commandLine().getOut().println("Serving at " + served.uri());
      UntilStopped.await();
    }
    return ExitCodes.OK;
  }
}
