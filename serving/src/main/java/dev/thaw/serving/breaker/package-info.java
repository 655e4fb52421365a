/**
 * Calls to dependencies in, their values or a named degradation out: bounded threads, a deadline
 * and a circuit breaker for each dependency.
 */
@NullMarked
package dev.thaw.serving.breaker;

import org.jspecify.annotations.NullMarked;
