/**
 * The job {@code arm-posteriors}: impressions and the events that react to them in, rows of {@code
 * arm_posterior} and {@code arm_linear} out.
 */
@NullMarked
package dev.thaw.flinkjobs.armposteriors;

import org.jspecify.annotations.NullMarked;
