package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.KnownArms;
import dev.thaw.models.bandit.linear.InterceptPriors;
import dev.thaw.models.bandit.linear.LinearEvidence;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearSums;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What serving knows of linear arms: sums of the features of the last training, and counts of all
 * of them. Mutable; belongs to one thread.
 */
final class ServedLearner implements BanditLearner<LinearEvidence> {
  private final World world;
  private final Supplier<LinearPosteriors> nothing;
  private final @Nullable InterceptPriors intercepts;
  private final CountLearner counts;
  private final Set<ItemId> changed = new LinkedHashSet<>();
  private int training;
  private LinearPosteriors posteriors;
  private KnownArms<LinearSums> sums;

  /**
   * @param nothing posteriors of no arm
   * @param intercepts null where arms begin at a mean of 0
   */
  ServedLearner(
      World world, Supplier<LinearPosteriors> nothing, @Nullable InterceptPriors intercepts) {
    this.world = world;
    this.nothing = nothing;
    this.intercepts = intercepts;
    this.counts = new CountLearner(world::knows, Fading.NONE);
    this.posteriors = nothing.get();
    this.sums = noSums();
  }

  private KnownArms<LinearSums> noSums() {
    return new KnownArms<>(world::knows, () -> LinearSums.of(world.dimension()));
  }

  private void follow(int now) {
    if (now != training) {
      training = now;
      posteriors = nothing.get();
      sums = noSums();
      changed.clear();
    }
  }

  @Override
  public void observe(ItemId arm, float[] features, double reward, long time) {
    follow(Math.max(training, world.training(time)));
    counts.observe(arm, features, reward, time);
    if (world.training(time) == training) {
      sums.of(arm).observe(features, reward, time, Fading.NONE);
      changed.add(arm);
    }
  }

  @Override
  public LinearEvidence snapshot(String version, long time) {
    follow(Math.max(training, world.training(time)));
    changed.forEach(arm -> posteriors.put(arm, sums.of(arm)));
    changed.clear();
    return intercepts == null
        ? posteriors.snapshot(version)
        : posteriors.snapshot(
            version, intercepts, counts.snapshot(version, time).counts(), time, Fading.NONE);
  }
}
