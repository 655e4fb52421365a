/**
 * HTTP and gRPC requests in, answers out: reading with bounds, errors that name field, value and
 * bound, the OpenAPI document. What the calls mean is behind {@link
 * dev.thaw.serving.api.ServingMethods}.
 */
@NullMarked
package dev.thaw.serving.api;

import org.jspecify.annotations.NullMarked;
