package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Configurations that serve different users at the same time, to be compared.
 *
 * @param name part of what users are assigned by, so that experiments are independent
 * @param salt likewise: another one assigns anew; at most {@value #MAX_SALT} characters, none of
 *     them a control character
 * @param configurations the control first, at least two; shares add to 1
 */
public record ExperimentConfig(String name, String salt, List<Configuration> configurations) {
  private static final int MAX_SALT = 100;
  private static final int MAX_CONFIGURATIONS = 20;

  /** An item keeps linear statistics of so many apart, and of what is outside of experiments. */
  private static final int MAX_LOGGING = 7;

  private static final double SHARE_TOLERANCE = 1e-6;

  public ExperimentConfig {
    Names.require("name", name);
    if (salt.length() > MAX_SALT || salt.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "salt must have at most "
              + MAX_SALT
              + " characters, none of them a control character, was \""
              + salt
              + '"');
    }
    configurations = List.copyOf(configurations);
    inRange("configurations", configurations.size(), 2, MAX_CONFIGURATIONS);
    long logging =
        configurations.stream()
            .filter(each -> each.serving().banditPolicy().logsFeatures())
            .count();
    if (logging > MAX_LOGGING) {
      throw new IllegalArgumentException(
          "configurations must be at most "
              + MAX_LOGGING
              + " that log features of the user, were "
              + logging);
    }
    Set<String> names = new HashSet<>();
    for (Configuration each : configurations) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException(
            "configurations must have different names, twice \"" + each.name() + '"');
      }
    }
    double sum = configurations.stream().mapToDouble(Configuration::share).sum();
    if (!(Math.abs(sum - 1) <= SHARE_TOLERANCE)) {
      throw new IllegalArgumentException(
          "configurations must have shares that add to 1, added to " + sum);
    }
  }

  /**
   * One arm of the experiment.
   *
   * @param share of the users, in (0, 1)
   * @param serving what these users are served by: serving's own with what this overrides
   */
  public record Configuration(String name, double share, ServingConfig serving) {
    public Configuration {
      Names.require("name", name);
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("share must be in (0, 1), was " + share);
      }
      if (serving.experiment() != null) {
        throw new IllegalArgumentException(
            "serving of a configuration must have no experiment, had "
                + serving.experiment().name());
      }
    }
  }

  /** What impressions of a configuration say. */
  public Assignment assignment(Configuration of) {
    return new Assignment(name, of.name());
  }
}
