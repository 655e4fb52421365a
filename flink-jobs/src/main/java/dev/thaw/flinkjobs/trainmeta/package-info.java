/**
 * The bounded job {@code train-meta}: ratings, what is known of users and items, and rating factors
 * in; a meta-learned model and the items to ask newcomers about out.
 */
@NullMarked
package dev.thaw.flinkjobs.trainmeta;

import org.jspecify.annotations.NullMarked;
