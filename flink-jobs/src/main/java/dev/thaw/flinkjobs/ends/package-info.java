/**
 * Where jobs begin and end: configuration in, sources and sinks out. The only place that knows
 * Kafka, files and the online store; bad records leave here, before watermarks and before the jobs.
 */
@NullMarked
package dev.thaw.flinkjobs.ends;

import org.jspecify.annotations.NullMarked;
