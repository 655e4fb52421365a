/**
 * Bandits with exact propensities: evidence and a fixed set of eligible arms in, choices and their
 * probabilities out.
 *
 * <p>A {@link dev.thaw.models.bandit.BanditLearner} takes in rewards and gives snapshots; an {@link
 * dev.thaw.models.bandit.ExplorationPolicy} makes chances of a snapshot and the arms of one
 * request; {@link dev.thaw.models.bandit.SlotSampler} draws from them. Since arms are drawn from
 * the chances and not the chances estimated from draws, what is logged is exact.
 *
 * <table>
 *   <caption>Policies</caption>
 *   <tr><th>policy</th><th>every arm has a chance</th><th>evidence</th></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.UniformPolicy}</td><td>yes</td><td>any</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.EpsilonGreedy}, fixed or decaying</td><td>with epsilon above 0</td><td>counts</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.Softmax}</td><td>yes</td><td>counts</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.Ucb1}</td><td>with a floor</td><td>counts</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.BetaThompson}</td><td>yes</td><td>counts</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.LinUcb}</td><td>with a floor</td><td>linear, disjoint, hybrid or diagonal</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.LinearThompson}</td><td>yes</td><td>linear, diagonal or full</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.NeuralLinear}</td><td>yes</td><td>a network's last layer</td></tr>
 * </table>
 *
 * <p>Items of which nothing is known: {@link dev.thaw.models.bandit.ExplorationBudget} says which
 * of them are eligible, {@link dev.thaw.models.bandit.NewcomerShare} keeps a share of any policy
 * for them, {@link dev.thaw.models.bandit.RelatedPriors} lends them what related arms have earned.
 *
 * <p>{@link dev.thaw.models.bandit.Discounted} lets the counts of any of them fade. A deterministic
 * policy puts all but its floor on one arm, so that its further slots are drawn from the floor
 * alone; without a floor they go to the next best.
 */
@NullMarked
package dev.thaw.models.bandit;

import org.jspecify.annotations.NullMarked;
