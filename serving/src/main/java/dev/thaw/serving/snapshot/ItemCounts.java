package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Interactions of all items, which the snapshots read and the item vectors are gated by. */
public final class ItemCounts {
  private final Map<DomainId, InteractionCounts> byDomain = new ConcurrentHashMap<>();

  InteractionCounts of(DomainId domain) {
    return byDomain.computeIfAbsent(domain, id -> new InteractionCounts());
  }
}
