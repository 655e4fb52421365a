/**
 * Versions of the factor indexes and the models behind them: a version's name in, the placement of
 * items in it out.
 */
@NullMarked
package dev.thaw.flinkjobs.factorspaces;

import org.jspecify.annotations.NullMarked;
