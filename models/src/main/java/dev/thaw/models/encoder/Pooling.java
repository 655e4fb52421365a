package dev.thaw.models.encoder;

/** How the vectors of a text's tokens become one; always followed by normalising to length 1. */
enum Pooling {
  /** Mean over the tokens that are not padding. */
  MEAN,
  /** Vector of the first token. */
  CLS
}
