package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reward rates that one configuration assumes of items by what their neighbours earned.
 * Immutable.
 *
 * @param rates of items that have few impressions, and neighbours with some
 * @param lacking how many items with few impressions have none
 */
record AssumedRates(Map<ItemId, Assumed> rates, int lacking) {
  AssumedRates {
    rates = Map.copyOf(rates);
  }

  Optional<Assumed> of(ItemId item) {
    return Optional.ofNullable(rates.get(item));
  }

  /**
   * Names the counts of a posterior version together with these rates: the same on every server
   * that assumes the same.
   */
  String version(String counts) {
    List<HashCode> parts = new ArrayList<>(1 + rates.size());
    parts.add(Hashing.murmur3_128().hashUnencodedChars(counts));
    rates.forEach(
        (item, assumed) ->
            parts.add(
                Hashing.murmur3_128()
                    .newHasher()
                    .putUnencodedChars(item.value())
                    .putDouble(assumed.rate())
                    .hash()));
    return Hashing.combineUnordered(parts).toString();
  }
}
