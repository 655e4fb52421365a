/** {@code domains.yaml} in, rating scale, positive rule, attributes and sources per domain out. */
@NullMarked
package dev.thaw.featuredefinitions.domains;

import org.jspecify.annotations.NullMarked;
