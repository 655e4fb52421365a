package dev.thaw.evaluation.simulation;

import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.ExplorationPolicy;
import java.util.function.Function;

/**
 * A policy with what it learns by.
 *
 * @param learner that knows nothing yet, of the arms of a world
 */
public record Contender<E extends EvidenceSnapshot>(
    String name, Function<World, BanditLearner<E>> learner, ExplorationPolicy<E> policy) {}
