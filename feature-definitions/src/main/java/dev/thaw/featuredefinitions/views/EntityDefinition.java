package dev.thaw.featuredefinitions.views;

import java.io.Serializable;

/**
 * What features are about.
 *
 * @param joinKey name of the key column; also the wire name of the event field it is taken from
 */
public record EntityDefinition(String name, String joinKey, String description)
    implements Serializable {}
