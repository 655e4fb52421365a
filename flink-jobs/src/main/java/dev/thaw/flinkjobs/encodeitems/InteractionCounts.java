package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many interactions items have had, from the view of the job item-statistics. */
final class InteractionCounts {
  private static final String VIEW = "item_statistics";
  private static final String FEATURE = "interactions";

  private final OnlineStore store;

  InteractionCounts(OnlineStore store) {
    this.store = store;
  }

  /**
   * Items that are missing here have none.
   *
   * @throws dev.thaw.featuredefinitions.online.OnlineStoreException if the store can't be reached
   */
  Map<ItemId, Long> of(Collection<ItemId> items) {
    List<ItemId> asked = List.copyOf(items);
    List<Optional<FeatureRow>> rows =
        store.read(
            asked.stream()
                .map(item -> new OnlineStore.Read(VIEW, EntityKey.of("item_id", item.value())))
                .toList());
    Map<ItemId, Long> counts = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      ItemId item = asked.get(i);
      rows.get(i)
          .map(row -> row.features().get(FEATURE))
          .filter(FeatureValue.Int64.class::isInstance)
          .ifPresent(count -> counts.put(item, ((FeatureValue.Int64) count).value()));
    }
    return counts;
  }
}
