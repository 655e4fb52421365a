package dev.thaw.evaluation.replay;

import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;

/**
 * A configuration of serving.
 *
 * @param name for people
 * @param assignment what its impressions say; {@link Assignment#NONE} where no experiment runs
 * @param serving what its users are served by, without an experiment
 */
public record ReplayedConfiguration(String name, Assignment assignment, ServingConfig serving) {}
