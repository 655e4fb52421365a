package dev.thaw.launcher.commands;

import dev.thaw.launcher.chaos.ChaosReport;
import dev.thaw.launcher.chaos.ChaosRun;
import dev.thaw.launcher.console.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the stack of infra/local on ports of its own, sends events with known truth through",
      "it and asks it for recommendations, while its servers are killed one after the other. Then",
      "compares what it holds with an uninterrupted run over the same topics. Ends with 0 if every",
      "guarantee held, and with 1 if one did not or the run failed."
    })
public final class ChaosCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--home",
      required = true,
      description = "absent or empty folder for data, logs and chaos.json")
  Path home = Path.of("");

  @Option(
      names = "--rounds",
      defaultValue = "20",
      description = "servers killed (default: ${DEFAULT-VALUE}); 8 meet each of them")
  int rounds = 20;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the stream, the victims and the moments (default: ${DEFAULT-VALUE})")
  long seed = 1;

  @Option(
      names = "--ports",
      defaultValue = "24000",
      description = "first of 50 ports in a row (default: ${DEFAULT-VALUE})")
  int ports = 24_000;

  @Option(
      names = "--untrained",
      description =
          "no models are trained before the first round, which takes minutes; nobody has factors"
              + " then")
  boolean untrained;

  @Option(
      names = "--scripts",
      defaultValue = "infra/local",
      description = "folder with the command up (default: ${DEFAULT-VALUE})")
  Path scripts = Path.of("infra/local");

  @Override
  public Integer call() throws IOException {
    ChaosReport report =
        new ChaosRun(
                new ChaosRun.Asked(scripts, home, ports, rounds, seed, !untrained),
                InstantSource.system(),
                Progress.onStandardError())
            .run();
    report.print(Objects.requireNonNull(spec).commandLine().getOut());
    return report.allHeld() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
