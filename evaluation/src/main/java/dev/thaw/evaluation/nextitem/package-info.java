/** Users met before and after a cut in time: their likes until then in, what comes next out. */
@NullMarked
package dev.thaw.evaluation.nextitem;

import org.jspecify.annotations.NullMarked;
