/**
 * The job {@code adapt-users}: events, profiles and the artefact set that serves in, rows of {@code
 * user_adapted} out.
 */
@NullMarked
package dev.thaw.flinkjobs.adaptusers;

import org.jspecify.annotations.NullMarked;
