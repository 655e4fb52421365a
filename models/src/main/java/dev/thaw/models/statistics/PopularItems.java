package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Duration;
import java.util.List;

/** Most interacted items of one domain and segment, decayed, in bounded space. Mutable. */
public final class PopularItems {
  public PopularItems(Duration halfLife, int capacity) {}

  /** An item with its decayed number of interactions. */
  public record Popular(ItemId item, double score) {}

  /** Counts one interaction. */
  public void add(ItemId item, long timeMillis) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Forgets an item. */
  public void remove(ItemId item) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Newest interaction, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  public long frontier() {
    throw new UnsupportedOperationException("not yet");
  }

  /** The n most popular items as of an instant, most popular first, ties by id. */
  public List<Popular> top(int n, long atMillis) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The row of the view {@code popularity} as of the frontier. */
  public FeatureRow row(EntityKey key, int n) {
    throw new UnsupportedOperationException("not yet");
  }

  public PopularItems copy() {
    throw new UnsupportedOperationException("not yet");
  }

  public byte[] toBytes() {
    throw new UnsupportedOperationException("not yet");
  }

  public static PopularItems fromBytes(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }
}
