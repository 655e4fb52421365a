/**
 * Logs as they were written in; rounds for off-policy evaluation and what could not be used out.
 */
@NullMarked
package dev.thaw.evaluation.offpolicy.logs;

import org.jspecify.annotations.NullMarked;
