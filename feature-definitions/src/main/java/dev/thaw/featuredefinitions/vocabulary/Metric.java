package dev.thaw.featuredefinitions.vocabulary;

/** How two vectors of a space are compared; larger is nearer for both. */
public enum Metric {
  COSINE,
  INNER_PRODUCT
}
