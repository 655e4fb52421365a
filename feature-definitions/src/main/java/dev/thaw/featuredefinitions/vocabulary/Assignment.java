package dev.thaw.featuredefinitions.vocabulary;

/**
 * Which configuration of which experiment answered; both are empty where no experiment ran. Both
 * are {@link Names}.
 *
 * @param experiment name of the experiment
 * @param configuration one of its configurations
 */
public record Assignment(String experiment, String configuration) {
  public static final Assignment NONE = new Assignment("", "");

  public Assignment {
    if (experiment.isEmpty() != configuration.isEmpty()) {
      throw new IllegalArgumentException(
          "experiment and configuration must both be named or neither, were \""
              + experiment
              + "\" and \""
              + configuration
              + '"');
    }
    if (!experiment.isEmpty()) {
      Names.require("experiment", experiment);
      Names.require("configuration", configuration);
    }
  }

  public boolean isNone() {
    return experiment.isEmpty();
  }
}
