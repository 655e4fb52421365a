package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.online.FeatureRow;

/** A row on its way to the online store. */
public record ViewRow(String view, FeatureRow row) {}
