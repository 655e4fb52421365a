/**
 * The bounded job {@code train-segments}: interactions, profiles and factors in; segments and the
 * users in them out.
 */
@NullMarked
package dev.thaw.flinkjobs.trainsegments;

import org.jspecify.annotations.NullMarked;
