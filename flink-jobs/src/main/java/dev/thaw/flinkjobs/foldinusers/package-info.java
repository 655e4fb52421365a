/**
 * The job {@code fold-in-users}: events and announced artefact sets in, rows of {@code
 * user_factors} out.
 */
@NullMarked
package dev.thaw.flinkjobs.foldinusers;

import org.jspecify.annotations.NullMarked;
