/**
 * The declarative feature definitions: {@code features.yaml} in, typed entities, views and rolling
 * aggregates out. Jobs, serving and the Feast repo read the same file.
 */
@NullMarked
package dev.thaw.featuredefinitions.views;

import org.jspecify.annotations.NullMarked;
