/** Linear bandits on planted worlds: sizes and seeds in, what requests cost and earn out. */
@NullMarked
package dev.thaw.evaluation.exploration;

import org.jspecify.annotations.NullMarked;
