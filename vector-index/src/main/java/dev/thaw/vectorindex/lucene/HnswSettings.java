package dev.thaw.vectorindex.lucene;

/**
 * Parameters of the graph (Malkov and Yashunin, TPAMI 2018).
 *
 * @param connections links of a node, M there, 4 to 512
 * @param buildBreadth candidates kept while a node is inserted, efConstruction there, 4 to 3200
 * @param searchBreadth candidates kept while searching, ef there, at least; a search for k items
 *     keeps a quarter more than k
 */
public record HnswSettings(int connections, int buildBreadth, int searchBreadth) {
  public static final HnswSettings DEFAULT = new HnswSettings(16, 100, 100);

  public HnswSettings {
    inRange("connections", connections, 4, 512);
    inRange("build_breadth", buildBreadth, 4, 3200);
    inRange("search_breadth", searchBreadth, 1, 10_000);
  }

  public HnswSettings withSearchBreadth(int breadth) {
    return new HnswSettings(connections, buildBreadth, breadth);
  }

  int breadthFor(int k) {
    return Math.max(searchBreadth, k + k / 4);
  }

  private static void inRange(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          field + " must be in [" + min + ", " + max + "], was " + value);
    }
  }
}
