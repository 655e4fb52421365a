package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearSums;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one configuration learned of a domain's arms in one space of features. An arm's posterior is
 * made again when its sums have changed. Mutable; belongs to one thread.
 */
final class LinearArms {
  private final DomainId domain;
  private final LinearForm form;
  private final ContextSpace space;
  private final LinearPosteriors<?> posteriors;
  private final Map<ItemId, HashCode> known = new HashMap<>();
  private @Nullable LinearRanks current;

  LinearArms(DomainId domain, LinearForm form, ContextSpace space) {
    this.domain = domain;
    this.form = form;
    this.space = space;
    this.posteriors = form.over(space.dimension());
  }

  /**
   * @param sums of as many features as the space has; null where nothing was learned
   * @return whether they say something new
   */
  boolean put(ItemId arm, @Nullable LinearSums sums) {
    if (sums == null) {
      if (known.remove(arm) == null) {
        return false;
      }
      posteriors.remove(arm);
    } else {
      HashCode hash = hash(sums);
      if (hash.equals(known.put(arm, hash))) {
        return false;
      }
      posteriors.put(arm, sums);
    }
    current = null;
    return true;
  }

  private static HashCode hash(LinearSums sums) {
    Hasher hasher = Hashing.murmur3_128().newHasher().putLong(sums.impressions());
    for (double each : sums.gram()) {
      hasher.putDouble(each);
    }
    for (double each : sums.moment()) {
      hasher.putDouble(each);
    }
    return hasher.hash();
  }

  LinearRanks snapshot() {
    LinearRanks ranks = current;
    if (ranks == null) {
      ranks =
          new LinearRanks(
              domain, form, space, posteriors.snapshot(LinearRanks.version(domain, space, known)));
      current = ranks;
    }
    return ranks;
  }
}
