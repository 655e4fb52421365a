/**
 * What flows between the operators of the jobs: one public type a stream, each with a serializer
 * that needs neither Kryo nor registration.
 */
@NullMarked
package dev.thaw.flinkjobs.streams;

import org.jspecify.annotations.NullMarked;
