/**
 * Which method answers: what is known of a user in, an ordered plan of methods with reasons out.
 */
@NullMarked
package dev.thaw.models.routing;

import org.jspecify.annotations.NullMarked;
