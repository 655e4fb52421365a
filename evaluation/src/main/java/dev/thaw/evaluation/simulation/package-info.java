/**
 * A closed loop of exploration policies and worlds whose truth is known: what each policy shows,
 * what comes of it, what it learns from that, and what it has lost against an oracle.
 */
@NullMarked
package dev.thaw.evaluation.simulation;

import org.jspecify.annotations.NullMarked;
