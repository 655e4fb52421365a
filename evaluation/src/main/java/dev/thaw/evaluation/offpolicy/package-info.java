/**
 * Off-policy evaluation: rounds that one policy logged, with its propensities, and another policy
 * in; what that other one would have earned out, with intervals and how far to trust them.
 */
@NullMarked
package dev.thaw.evaluation.offpolicy;

import org.jspecify.annotations.NullMarked;
