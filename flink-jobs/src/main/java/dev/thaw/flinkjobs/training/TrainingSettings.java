package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.models.artefact.Provenance;
import java.io.Serializable;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What every training job is told.
 *
 * @param artefacts folder of the artefact store
 * @param run names the run whose artefacts will be one set
 * @param seed of everything random in the run
 * @param revision of the code, for provenances
 * @param threads of the trainers
 * @param parameters of the trainers, by {@code trainer.parameter}
 */
public record TrainingSettings(
    String artefacts,
    String run,
    long seed,
    String revision,
    int threads,
    DomainDefinitions domains,
    Map<String, String> parameters)
    implements Serializable {

  public TrainingSettings {
    if (!run.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "run must be 1 to 100 characters of A-Z, a-z, 0-9, '.', '_' and '-', was \"" + run + '"');
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, was " + threads);
    }
    parameters = Map.copyOf(parameters);
  }

  /** Those of a configuration. */
  public static TrainingSettings of(ThawConfig config, String run, long seed, String revision) {
    return new TrainingSettings(
        config.artefacts().toString(),
        run,
        seed,
        revision,
        Runtime.getRuntime().availableProcessors(),
        config.domains(),
        config.jobs().parameters());
  }

  /**
   * @throws IllegalArgumentException naming the parameter if it is not a whole number
   */
  public int intParameter(String name, int otherwise) {
    String value = parameters.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "jobs.parameters " + name + " must be a whole number, was \"" + value + '"', e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the parameter if it is no number
   */
  public double parameter(String name, double otherwise) {
    String value = parameters.get(name);
    try {
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "jobs.parameters " + name + " must be a number, was \"" + value + '"', e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the parameter if it is neither true nor false
   */
  public boolean flag(String name, boolean otherwise) {
    String value = parameters.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(
          "jobs.parameters " + name + " must be true or false, was \"" + value + '"');
    }
    return value.equals("true");
  }

  /** A generator of its own for each purpose, so that leaving one out changes no other. */
  public SplittableRandom random(String purpose) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
  }

  public Provenance provenance(
      String trainer, Map<String, String> params, String dataHash, Map<String, Double> metrics) {
    return new Provenance(trainer, params, dataHash, seed, revision, metrics);
  }
}
