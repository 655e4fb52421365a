package dev.thaw.launcher.commands;

import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ExperimentConfig.Configuration;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of whose log is replayed, and as what. */
final class ReplayedOptions {
  @Option(
      names = "--config",
      description = "thaw.yaml that the log was written under; its answers alone are replayed")
  @Nullable Path config;

  @Option(
      names = "--logged",
      description =
          "configuration of its experiment that wrote them (default: the first; without an"
              + " experiment serving's own)")
  @Nullable String logged;

  @Option(names = "--configuration", description = "of its experiment: what is asked about")
  @Nullable String configuration;

  @Option(
      names = "--config-b",
      description = "thaw.yaml whose serving is asked about, in place of --configuration")
  @Nullable Path configB;

  /**
   * @param logged wrote the log
   * @param asked is asked about
   */
  record Pair(ReplayedConfiguration logged, ReplayedConfiguration asked) {}

  Pair pair() {
    if (config == null) {
      throw new IllegalArgumentException("--config must be given: what the log was written under");
    }
    if ((configuration == null) == (configB == null)) {
      throw new IllegalArgumentException("one of --configuration and --config-b must be given");
    }
    ServingConfig serving = serving(config);
    ReplayedConfiguration wrote = logged(config, serving);
    if (configuration != null) {
      return new Pair(wrote, of(config, serving, "--configuration", configuration));
    }
    ServingConfig other = serving(configB);
    if (other.experiment() != null) {
      throw new IllegalArgumentException(
          "--config-b must have no experiment, %s has %s"
              .formatted(configB, other.experiment().name()));
    }
    return new Pair(wrote, new ReplayedConfiguration(configB.toString(), Assignment.NONE, other));
  }

  private ReplayedConfiguration logged(Path file, ServingConfig serving) {
    ExperimentConfig experiment = serving.experiment();
    if (logged != null) {
      return of(file, serving, "--logged", logged);
    }
    return experiment == null
        ? new ReplayedConfiguration(file.toString(), Assignment.NONE, serving)
        : of(file, serving, "--logged", experiment.configurations().get(0).name());
  }

  private static ReplayedConfiguration of(
      Path file, ServingConfig serving, String option, String name) {
    ExperimentConfig experiment = serving.experiment();
    if (experiment == null) {
      throw new IllegalArgumentException(
          option + " needs an experiment, " + file + " has none, was \"" + name + '"');
    }
    Configuration named =
        experiment.configurations().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s must be one of %s, was \"%s\""
                            .formatted(
                                option,
                                experiment.configurations().stream()
                                    .map(Configuration::name)
                                    .toList(),
                                name)));
    return new ReplayedConfiguration(name, experiment.assignment(named), named.serving());
  }

  private static ServingConfig serving(Path file) {
    return ThawConfig.load(file, System.getenv()).serving();
  }
}
