/**
 * Groups of users: warm users, attributes and onboarding answers in, a segment or the whole domain
 * out.
 */
@NullMarked
package dev.thaw.models.segments;

import org.jspecify.annotations.NullMarked;
