/**
 * The shell round pure folds: keyed records and event-time timers in, coalesced results and dead
 * letters out. State stays in Flink, arithmetic in models.
 */
@NullMarked
package dev.thaw.flinkjobs.keyed;

import org.jspecify.annotations.NullMarked;
