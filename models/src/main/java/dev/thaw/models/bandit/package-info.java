/**
 * Beta Thompson sampling with exact propensities: evidence and priors of a fixed eligible set in,
 * choices and their probabilities out.
 */
@NullMarked
package dev.thaw.models.bandit;

import org.jspecify.annotations.NullMarked;
