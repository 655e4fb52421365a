package dev.thaw.evaluation.replay.check;

import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.models.bandit.BanditDecision;
import java.util.SplittableRandom;

/** Decides for a configuration, on what has settled by then. Decisions come in order of time. */
interface Drawer {

  /**
   * One of a world.
   *
   * @param version of the posteriors; they are renewed when another one comes
   * @param features of the user
   * @param time epoch milliseconds
   */
  record Asked(String version, EligibleArms eligible, DecisionFeatures features, long time) {}

  /** Chances of the eligible arms in the first slot, in their order; sum 1. */
  double[] chances(Asked asked, SplittableRandom random);

  /** Draws into slots. */
  BanditDecision draw(Asked asked, int slots, SplittableRandom random);
}
