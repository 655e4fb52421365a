/** A data folder in, a running Kafka broker with Thaw's topics out; ticks keep its clock moving. */
@NullMarked
package dev.thaw.launcher.kafka;

import org.jspecify.annotations.NullMarked;
