package dev.thaw.models.factors;

/**
 * Items of two domains as factors in one space of users: what one folds in, the other ranks.
 *
 * @param source folds users in from what they like there
 * @param target ranks
 */
public record CollectiveFactors(FactorModel source, FactorModel target) {}
