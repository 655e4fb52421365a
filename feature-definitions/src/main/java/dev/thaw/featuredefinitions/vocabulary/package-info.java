/**
 * The words every module speaks: ids, events, catalogue items, profiles, domains and vectors with
 * their space. Values only; nothing flows in, immutable records flow out.
 */
@NullMarked
package dev.thaw.featuredefinitions.vocabulary;

import org.jspecify.annotations.NullMarked;
