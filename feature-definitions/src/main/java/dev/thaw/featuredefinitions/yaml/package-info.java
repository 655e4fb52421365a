/**
 * Strict reading of the YAML files that configure Thaw: a file in, typed values out, or one error
 * that names file, line, key, value and bound.
 */
@NullMarked
package dev.thaw.featuredefinitions.yaml;

import org.jspecify.annotations.NullMarked;
