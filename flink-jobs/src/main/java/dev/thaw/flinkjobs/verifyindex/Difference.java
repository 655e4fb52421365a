package dev.thaw.flinkjobs.verifyindex;

/** How an index may disagree with the catalogue and the rows of the items. */
public enum Difference {
  MISSING("in the catalogue, not in the index"),
  ORPHAN("in the index, not in the catalogue"),
  DOUBLE("with more than one row"),
  WITHOUT_CONTENT("in the index, though its content has no vector"),
  DOMAIN("under another domain"),
  COLD("with the wrong cold flag"),
  AVAILABLE("with the wrong available flag"),
  VECTOR("with another vector than its row"),
  NOT_ENCODED("whose row has no vector of this version: encode-items has to run");

  private final String said;

  Difference(String said) {
    this.said = said;
  }

  /** To follow "items". */
  public String said() {
    return said;
  }
}
