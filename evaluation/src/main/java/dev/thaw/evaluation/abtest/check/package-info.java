/**
 * Users whose clicks are known in; how often inference that is looked at again and again is wrong,
 * and how often it finds what is there, out.
 */
@NullMarked
package dev.thaw.evaluation.abtest.check;

import org.jspecify.annotations.NullMarked;
