package dev.thaw.models.bandit.linear;

/**
 * What is assumed of the weight of the first feature, which is always 1: {@code theta_0 ~ N(rewards
 * / strength, noise^2 / strength)}, as if so many impressions of a context in which all other
 * features are 0 had earned so much.
 *
 * @param strength precision in units of the noise's, above 0: pseudo-impressions
 * @param rewards pseudo-rewards
 */
public record Intercept(double strength, double rewards) {}
