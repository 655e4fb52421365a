/**
 * Worlds whose values are known in; how often the intervals of off-policy evaluation cover them
 * out.
 */
@NullMarked
package dev.thaw.evaluation.offpolicy.coverage;

import org.jspecify.annotations.NullMarked;
