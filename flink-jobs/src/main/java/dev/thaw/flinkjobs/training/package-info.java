/**
 * What all bounded training jobs share: events, catalogue, vectors and profiles in, gathered to the
 * end; one call of a trainer with all of it out.
 */
@NullMarked
package dev.thaw.flinkjobs.training;

import org.jspecify.annotations.NullMarked;
