/** What papers and the article claim, in; whether it holds on the data at hand, out. */
@NullMarked
package dev.thaw.evaluation.claims;

import org.jspecify.annotations.NullMarked;
