package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearSums;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one configuration learned of a domain's arms in one space of features. An arm's posterior is
 * made again when its sums have changed; where evidence fades, all of them are when the newest
 * impression of any arm, whatever it was decided by, has gone a step further. Mutable; belongs to
 * one thread.
 */
final class LinearArms {
  private final LinearForm form;
  private final ContextSpace space;
  private LinearPosteriors posteriors;
  private final Fading fading;
  private final Map<ItemId, HashCode> known = new HashMap<>();

  /** Where evidence fades. */
  private final Map<ItemId, LinearSums> sums = new HashMap<>();

  private long asOf = Fading.NEVER;

  LinearArms(LinearForm form, ContextSpace space, Fading fading) {
    this.form = form;
    this.space = space;
    this.fading = fading;
    this.posteriors = form.over(space.dimension());
  }

  /**
   * @param learned of as many features as the space has; null where nothing was learned
   * @return whether they say something new
   */
  boolean put(ItemId arm, @Nullable LinearSums learned) {
    if (learned == null) {
      if (known.remove(arm) == null) {
        return false;
      }
      posteriors.remove(arm);
      sums.remove(arm);
    } else {
      HashCode hash = hash(learned);
      if (hash.equals(known.put(arm, hash))) {
        return false;
      }
      if (fading != Fading.NONE) {
        sums.put(arm, learned);
      }
      posteriors.put(arm, learned.at(asOf, fading));
    }
    return true;
  }

  private static HashCode hash(LinearSums learned) {
    Hasher hasher = Hashing.murmur3_128().newHasher().putLong(learned.impressions());
    for (double each : learned.gram()) {
      hasher.putDouble(each);
    }
    for (double each : learned.moment()) {
      hasher.putDouble(each);
    }
    return hasher.hash();
  }

  /** See {@link LinearPosteriors#isIncomplete}; where evidence fades all sums are here. */
  boolean isIncomplete() {
    return fading == Fading.NONE && posteriors.isIncomplete();
  }

  /**
   * @param counted what the configuration earned with all of its policies, in all spaces
   */
  LinearRanks snapshot(ArmRows.Counted counted) {
    if (fading != Fading.NONE) {
      fade(counted.asOf());
    }
    String version = LinearRanks.version(space, asOf, known, posteriors, counted.posteriors());
    return new LinearRanks(
        form,
        space,
        posteriors.snapshot(
            version, LinearRanks.INTERCEPTS, counted.posteriors(), counted.asOf(), fading),
        counted.posteriors());
  }

  private void fade(long counted) {
    long newest = counted;
    for (LinearSums each : sums.values()) {
      newest = Math.max(newest, each.frontier());
    }
    long step = fading.step(newest);
    if (step != asOf || posteriors.isIncomplete()) {
      asOf = step;
      posteriors = form.over(space.dimension());
      sums.forEach((arm, each) -> posteriors.put(arm, each.at(asOf, fading)));
    }
  }
}
