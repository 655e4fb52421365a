package dev.thaw.evaluation.offpolicy;

import java.util.function.Function;

/**
 * Estimates the reward of an answer under the policy that the weights of a log are for.
 *
 * @param terms of one log
 */
public record Estimator(String name, Function<WeightedLog, Terms> terms) {}
