/**
 * What jobs could not use: the topic of dead letters flows into a file to mend them in; mended
 * records flow back into the topics they came from.
 */
@NullMarked
package dev.thaw.launcher.deadletters;

import org.jspecify.annotations.NullMarked;
