/** What is compared: an experiment in, rankers and rating predictors trained on it out. */
@NullMarked
package dev.thaw.evaluation.methods;

import org.jspecify.annotations.NullMarked;
