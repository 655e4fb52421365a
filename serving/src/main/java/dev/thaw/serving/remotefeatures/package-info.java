/**
 * Rows of the online store through a feature server: reads in, calls of Feast's gRPC service out.
 */
@NullMarked
package dev.thaw.serving.remotefeatures;

import org.jspecify.annotations.NullMarked;
