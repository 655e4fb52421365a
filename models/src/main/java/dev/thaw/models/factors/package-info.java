/**
 * Factor models of one domain: interactions in, biases and factors out, and closed-form vectors of
 * users.
 */
@NullMarked
package dev.thaw.models.factors;

import org.jspecify.annotations.NullMarked;
