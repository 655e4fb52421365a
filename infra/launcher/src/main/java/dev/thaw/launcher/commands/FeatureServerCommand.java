package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.serving.featureserver.FeatureServerOptions;
import dev.thaw.serving.featureserver.OpenedFeatureServer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw feature-server}. */
@Command(
    name = "feature-server",
    mixinStandardHelpOptions = true,
    description = {
      "Serves the features of the configured store to Feast's clients, until stopped:",
      "gRPC for its Java client, the JSON of feast serve for all others, on one port."
    })
public final class FeatureServerCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the store")
  Path config = Path.of("");

  @Mixin FeatureServerOptions options = new FeatureServerOptions();

  @Override
  public Integer call() {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    try (OpenedFeatureServer opened = options.open(thaw)) {
      Objects.requireNonNull(spec).commandLine().getOut().println("listening on " + opened.uri());
      UntilStopped.await();
    }
    return ExitCodes.OK;
  }
}
