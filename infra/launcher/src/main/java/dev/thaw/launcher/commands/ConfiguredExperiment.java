package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import java.nio.file.Path;

/** The experiment of a configuration file. */
final class ConfiguredExperiment {
  private ConfiguredExperiment() {}

  /**
   * @param name that it must have
   */
  static ExperimentConfig read(Path file, String name) {
    ExperimentConfig experiment = ThawConfig.load(file, System.getenv()).serving().experiment();
    if (experiment == null || !experiment.name().equals(name)) {
      throw new IllegalArgumentException(
          "--experiment must be that of %s, %s, was \"%s\""
              .formatted(
                  file,
                  experiment == null ? "which has none" : '"' + experiment.name() + '"',
                  name));
    }
    return experiment;
  }
}
