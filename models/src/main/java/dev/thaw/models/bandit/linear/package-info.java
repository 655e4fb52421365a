/**
 * Policies of linear rewards, {@code E[r | x] = theta . x}: features and rewards in, posteriors and
 * the chances of arms out.
 *
 * <table>
 *   <caption>What a request and an observation cost; n arms, d features</caption>
 *   <tr><th>evidence</th><th>products a request</th><th>an observation</th></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.DiagonalSnapshot}</td><td>2 n d</td><td>O(d)</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.ArmsSnapshot}, which is served</td><td>3 n d diagonal, n d (d + 4) full</td><td>O(d^2), of sums</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.RidgeSnapshot}</td><td>n d (d + 1)</td><td>O(d^2)</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.HybridSnapshot}</td><td>O(n (d + k)^2)</td><td>O((d + k)^2)</td></tr>
 *   <tr><td>{@link dev.thaw.models.bandit.linear.NeuralLinearSnapshot}</td><td>O(M (d^2 + n d)), one regression for all; O(n d^2), one an arm</td><td>O(d^2)</td></tr>
 * </table>
 *
 * <p>A stream keeps {@link dev.thaw.models.bandit.linear.LinearCells} of each item, sums that no
 * order changes; from their rows {@link dev.thaw.models.bandit.linear.LinearPosteriors} makes
 * posteriors with diagonal or full covariance, whose intercepts {@link
 * dev.thaw.models.bandit.linear.InterceptPriors} ties to what is known without features.
 *
 * <p>Only the diagonal ones fit into a request over thousands of arms. The others are for
 * comparison and for shortlists.
 */
@NullMarked
package dev.thaw.models.bandit.linear;

import org.jspecify.annotations.NullMarked;
