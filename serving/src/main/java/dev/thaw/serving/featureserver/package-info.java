/**
 * The feature server: requests of Feast's clients over gRPC and HTTP in, rows of the online store
 * with their statuses out.
 */
@NullMarked
package dev.thaw.serving.featureserver;

import org.jspecify.annotations.NullMarked;
