/**
 * Choosing on users held out whole: interactions and candidate rankers or predictors of ratings in,
 * figures out.
 */
@NullMarked
package dev.thaw.models.validation;

import org.jspecify.annotations.NullMarked;
