package dev.thaw.serving.ingest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The ids accepted last, at least {@code capacity} of them and at most twice as many. Older ones
 * are forgotten; the jobs drop those repeats. Thread-safe.
 */
final class RecentIds {
  private final int capacity;
  private Set<String> young;
  private Set<String> old = Set.of();

  RecentIds(int capacity) {
    this.capacity = capacity;
    this.young = new HashSet<>();
  }

  synchronized boolean contains(String id) {
    return young.contains(id) || old.contains(id);
  }

  synchronized void addAll(Collection<String> ids) {
    for (String id : ids) {
      if (young.size() >= capacity) {
        old = young;
        young = new HashSet<>(capacity * 2);
      }
      young.add(id);
    }
  }
}
