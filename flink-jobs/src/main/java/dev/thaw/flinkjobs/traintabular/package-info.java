/**
 * The bounded job {@code train-tabular}: catalogue and factors in; a network from attributes to the
 * factor space out.
 */
@NullMarked
package dev.thaw.flinkjobs.traintabular;

import org.jspecify.annotations.NullMarked;
