/**
 * Choosing on users held out whole: positive interactions and candidate rankers in, figures per
 * user out.
 */
@NullMarked
package dev.thaw.models.validation;

import org.jspecify.annotations.NullMarked;
