package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.serving.featureserver.schema.ServedFeatures;

/**
 * What requests can name, and where its rows are.
 *
 * @param store that can read every view of these
 */
public record Served(ServedFeatures known, OnlineReader store) {}
