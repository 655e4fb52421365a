package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;

/** An item as the index keeps it. */
public record IndexedItem(
    ItemId itemId, DomainId domain, boolean cold, boolean available, Embedding embedding) {

  public IndexedItem withCold(boolean newCold) {
    return new IndexedItem(itemId, domain, newCold, available, embedding);
  }

  public IndexedItem withAvailable(boolean newAvailable) {
    return new IndexedItem(itemId, domain, cold, newAvailable, embedding);
  }
}
