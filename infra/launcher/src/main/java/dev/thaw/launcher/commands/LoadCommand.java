package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.embedded.History;
import dev.thaw.launcher.embedded.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Loads a data folder (see thaw import) into the topics of the configured broker and waits",
      "until the streaming jobs, which run elsewhere, have worked it off. To be done before",
      "anything tells the jobs the time: a history that comes later is late."
    })
public final class LoadCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the broker")
  Path config = Path.of("");

  @Option(names = "--data", required = true, description = "the data folder")
  Path data = Path.of("");

  @Option(
      names = "--end-now",
      description = {
        "move all events by the same time, so that the last of them has just happened: else every",
        "window of data that ended long ago is empty once the clock runs"
      })
  boolean endNow;

  @Override
  public Integer call() throws IOException {
    DataFolder folder = DataFolder.open(data);
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    requireSameDomains(thaw.domains(), DomainDefinitions.load(folder.domains()));
    History history = new History(thaw, Progress.onStandardError());
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    Duration shift = endNow ? history.upTo(now, folder) : Duration.ZERO;
    Installation.Loaded loaded = history.load(folder, now, shift);
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .printf(
            "Loaded up to %s%s; %,d lines were rejected%n",
            loaded.end(),
            shift.isZero() ? "" : ", every event moved by " + shift.toDays() + " days",
            loaded.rejected());
    return loaded.rejected() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
  }

  /** Jobs and servers run with those of the configuration. */
  private void requireSameDomains(DomainDefinitions configured, DomainDefinitions ofFolder) {
    if (!configured.all().equals(ofFolder.all())) {
      throw new IllegalArgumentException(
          "the domains of "
              + config
              + " must be those of "
              + data
              + ", "
              + names(ofFolder)
              + " as its domains.yaml has them, was "
              + names(configured));
    }
  }

  private static List<DomainId> names(DomainDefinitions domains) {
    return domains.all().stream().map(DomainDefinition::name).toList();
  }
}
