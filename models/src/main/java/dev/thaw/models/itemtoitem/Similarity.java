package dev.thaw.models.itemtoitem;

/** What makes the weight {@code s_ji} that a liked item j lends to an item i. */
public enum Similarity {
  /**
   * {@code s_ji = c_ij / sqrt(c_i c_j)} over users who like both, a user with d liked items
   * counting {@code d^-damping} (Sarwar et al., WWW 2001, without and with inverse user frequency).
   */
  COSINE("item-cosine"),
  /**
   * {@code s_ji = c_ij / (c_j^0.8 c_i^0.2)}, counted likewise: nearer to how often users of j like
   * i, so that popular items keep more of their weight (Aiolli, RecSys 2013, asymmetric cosine).
   */
  ASYMMETRIC_COSINE("asymmetric-cosine"),
  /**
   * Shrunken log-lift of naive Bayes, {@code s_ji = log((c_ij + s) / (c_i c_j / n + s))}, with n
   * users and s pseudo co-occurrences.
   */
  LIFT("naive-bayes"),
  /**
   * Ridge from all other items, {@code s_ji = -P_ji / P_ii} with {@code P = (X'X + lambda I)^-1}
   * (EASE, Steck, WWW 2019, eq. 8).
   */
  EASE("ease");

  private final String label;

  Similarity(String label) {
    this.label = label;
  }

  /** Standard name of the method. */
  public String label() {
    return label;
  }
}
