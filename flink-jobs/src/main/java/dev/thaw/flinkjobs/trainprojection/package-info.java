/**
 * The bounded job {@code train-projection}: catalogue, content vectors and factors in; a projection
 * and an index of the factor space out.
 */
@NullMarked
package dev.thaw.flinkjobs.trainprojection;

import org.jspecify.annotations.NullMarked;
