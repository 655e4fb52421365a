package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.serving.Failures;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The feature server as a process of its own, beside a store that runs elsewhere. */
@Command(
    name = "thaw-feature-server",
    mixinStandardHelpOptions = true,
    description = "Serves features of the online store to Feast's clients until it is stopped.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped in good order", "1:could not start", "2:wrong arguments"})
public final class FeatureServerMain implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "thaw.yaml with the address of the store.")
  private Path config = Path.of("thaw.yaml");

  @Mixin private FeatureServerOptions options = new FeatureServerOptions();

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new FeatureServerMain())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              Failures.tell("thaw-feature-server", failure, line.getErr());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    OpenedFeatureServer opened = options.open(ThawConfig.load(config, System.getenv()));
    Objects.requireNonNull(spec).commandLine().getOut().println("listening on " + opened.uri());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  opened.close();
                  stopped.countDown();
                },
                "stop"));
    stopped.await();
    return CommandLine.ExitCode.OK;
  }
}
