package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.featuredefinitions.vocabulary.Impression;

/**
 * An impression with slots that the bandit drew and a whole reward window.
 *
 * @param round those slots, in order
 */
public record DrawnRound(Impression impression, LoggedRound round) {}
