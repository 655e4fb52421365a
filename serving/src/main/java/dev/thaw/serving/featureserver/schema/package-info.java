/**
 * What can be served: {@code features.yaml} and the registry that {@code feast apply} wrote in,
 * views, services and join keys by name out.
 */
@NullMarked
package dev.thaw.serving.featureserver.schema;

import org.jspecify.annotations.NullMarked;
