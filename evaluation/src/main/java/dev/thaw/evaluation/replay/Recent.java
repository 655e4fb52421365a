package dev.thaw.evaluation.replay;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map of what was put last. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  @Serial private static final long serialVersionUID = 1L;

  private final int most;

  private Recent(int most) {
    this.most = most;
  }

  /**
   * @param most entries, of which the oldest goes for another
   */
  static <K, V> Map<K, V> atMost(int most) {
    return new Recent<>(most);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
