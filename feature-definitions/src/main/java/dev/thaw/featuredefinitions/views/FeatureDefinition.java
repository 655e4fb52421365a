package dev.thaw.featuredefinitions.views;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One feature of a view.
 *
 * @param rolling how it is computed from events; null where a job writes it by name
 */
public record FeatureDefinition(
    String name, ValueType type, String description, @Nullable RollingAggregate rolling)
    implements Serializable {}
