/**
 * The catalogue, the rows of items and the indexes in; where these disagree out, and mended on
 * request.
 */
@NullMarked
package dev.thaw.flinkjobs.verifyindex;

import org.jspecify.annotations.NullMarked;
