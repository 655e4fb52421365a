/** Something random to be run many times in; what each run gave out. */
@NullMarked
package dev.thaw.evaluation.runs;

import org.jspecify.annotations.NullMarked;
