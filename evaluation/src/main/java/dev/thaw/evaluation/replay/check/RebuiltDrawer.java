package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.replay.PosteriorsOverTime;
import dev.thaw.evaluation.replay.RebuiltChances;
import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.statistics.SettledSlot;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Of policies that look at counts alone: by the code that replays them. */
final class RebuiltDrawer implements Drawer {
  private final RebuiltChances chances;
  private final PosteriorsOverTime posteriors;

  /**
   * @param settled may grow while this decides
   */
  RebuiltDrawer(ReplayedConfiguration by, List<SettledSlot> settled) {
    this.chances = new RebuiltChances(by.serving());
    this.posteriors =
        new PosteriorsOverTime(settled, Assignment.NONE, RewardDefinition.POSITIVE, Set.of());
  }

  @Override
  public double[] chances(Asked asked, SplittableRandom random) {
    return chances.of(asked.eligible(), asked.features(), asked.time(), known(asked), random);
  }

  @Override
  public BanditDecision draw(Asked asked, int slots, SplittableRandom random) {
    return chances.draw(
        asked.eligible(), asked.features(), asked.time(), known(asked), slots, random);
  }

  private PosteriorsOverTime.Known known(Asked asked) {
    return posteriors.at(asked.version(), asked.features(), asked.time());
  }
}
