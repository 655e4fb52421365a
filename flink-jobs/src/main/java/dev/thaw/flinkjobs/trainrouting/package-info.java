/** The bounded job {@code train-routing}: which method answers whom, learned on held-out users. */
@NullMarked
package dev.thaw.flinkjobs.trainrouting;

import org.jspecify.annotations.NullMarked;
