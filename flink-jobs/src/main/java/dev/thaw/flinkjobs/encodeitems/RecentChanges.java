package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.streams.EncodedContent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest change of each item changed lately. A build of a factor index reads the catalogue
 * before its version exists and loads it after: what changed in between is in neither, or was
 * overwritten, and has to be applied again when the build is done. Lost with the task; an item then
 * waits for its next change or the next training. Not thread-safe.
 */
final class RecentChanges {
  /** Longer than a training takes from reading to the announcement. */
  static final long KEPT_MILLIS = 30 * 60 * 1_000L;

  private static final int MAX = 10_000;

  private final Map<ItemId, Timed> byItem = new LinkedHashMap<>();

  private record Timed(EncodedContent content, long at) {}

  /**
   * @param now in processing time
   */
  void add(Collection<EncodedContent> contents, long now) {
    for (EncodedContent content : contents) {
      ItemId item = content.change().id();
      byItem.remove(item);
      byItem.put(item, new Timed(content, now));
    }
    var oldest = byItem.values().iterator();
    while (byItem.size() > MAX && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Those not older than {@link #KEPT_MILLIS}; the others are forgotten. */
  List<EncodedContent> at(long now) {
    byItem.values().removeIf(timed -> timed.at < now - KEPT_MILLIS);
    return byItem.values().stream().map(Timed::content).toList();
  }
}
