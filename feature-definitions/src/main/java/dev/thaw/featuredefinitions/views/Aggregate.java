package dev.thaw.featuredefinitions.views;

/** How the events of a window become one value. */
public enum Aggregate {
  COUNT,
  SUM,
  MEAN,
  MIN,
  MAX,
  /** Number of different values of the field. */
  DISTINCT,
  /** Value of the field in the newest event. */
  LAST,
  /** Mean of a number, each event weighted by {@code 2^(-age / half_life)}. */
  DECAYED_MEAN,
  /** The same of the item's vector. */
  DECAYED_VECTOR_MEAN
}
