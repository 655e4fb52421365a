/** Ids of users in, the configuration that each is served by out. */
@NullMarked
package dev.thaw.serving.experiment;

import org.jspecify.annotations.NullMarked;
