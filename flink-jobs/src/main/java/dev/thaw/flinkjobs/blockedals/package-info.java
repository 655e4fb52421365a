/**
 * ALS whose users and items lie in blocks on all tasks of a bounded job: interactions and the plans
 * of the models in, the items' blocks of trained factors out.
 */
@NullMarked
package dev.thaw.flinkjobs.blockedals;

import org.jspecify.annotations.NullMarked;
