/** {@code thaw.yaml} in, one typed configuration for jobs, serving and commands out. */
@NullMarked
package dev.thaw.featuredefinitions.config;

import org.jspecify.annotations.NullMarked;
