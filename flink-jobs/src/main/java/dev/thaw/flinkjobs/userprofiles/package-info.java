/**
 * The job {@code user-profiles}: profiles in, the view {@code user_profile} out; segments of users
 * known by attributes alone to the other jobs.
 */
@NullMarked
package dev.thaw.flinkjobs.userprofiles;

import org.jspecify.annotations.NullMarked;
