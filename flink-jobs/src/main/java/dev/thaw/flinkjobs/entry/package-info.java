/**
 * Where jobs meet their configuration: the one wiring of every job, and a {@code main} for each
 * that {@code flink run -c} takes. A configuration flows in, running jobs flow out.
 */
@NullMarked
package dev.thaw.flinkjobs.entry;

import org.jspecify.annotations.NullMarked;
