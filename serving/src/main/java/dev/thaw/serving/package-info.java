/**
 * The online server: configuration, stores, index, log and artefacts in; a running HTTP and gRPC
 * server out.
 */
@NullMarked
package dev.thaw.serving;

import org.jspecify.annotations.NullMarked;
