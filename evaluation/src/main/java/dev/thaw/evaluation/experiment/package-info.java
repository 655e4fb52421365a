/** What is measured: training interactions and users held out whole in, one experiment out. */
@NullMarked
package dev.thaw.evaluation.experiment;

import org.jspecify.annotations.NullMarked;
