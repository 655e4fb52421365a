package dev.thaw.flinkjobs.ends;

import java.io.Serializable;
import java.time.Instant;

/** When a record happened, by its own account. */
@FunctionalInterface
interface EventTime<T> extends Serializable {
  Instant of(T record);
}
