package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much showing items of which nothing is known may cost. It decides which of them are eligible,
 * before any chance is calculated and by nothing but what was shown before, so that propensities
 * stay exact: an item at its cap is not in the eligible set, and where a user, a session or the
 * whole budget is used up none is.
 *
 * @param share of all impressions that may be explorations, in [0, 1]
 * @param perItem explorations of one item, at least 0
 * @param perUser explorations shown to one user, at least 0
 * @param perSession explorations shown in one session, at least 0
 */
public record ExplorationBudget(double share, int perItem, int perUser, int perSession) {
  public ExplorationBudget {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in [0, 1], was " + share);
    }
    if (perItem < 0 || perUser < 0 || perSession < 0) {
      throw new IllegalArgumentException(
          "caps must be >= 0, were " + perItem + ", " + perUser + " and " + perSession);
    }
  }

  /**
   * What was spent before a request.
   *
   * @param impressions of the domain; its rewards are how many of them were explorations. As of the
   *     request's time where {@link ArmCounts} fade, so that a quiet night is not made up for
   * @param ofUser explorations shown to this user
   * @param ofSession explorations shown in this session
   */
  public record Spent(ArmEvidence impressions, double ofUser, double ofSession) {
    public Spent {
      if (!(ofUser >= 0) || !(ofSession >= 0)) {
        throw new IllegalArgumentException(
            "explorations must be >= 0, were " + ofUser + " and " + ofSession);
      }
    }
  }

  /**
   * Those of the items that may be shown.
   *
   * @param unknown items of which nothing is known
   * @param ofItem explorations of an item so far
   * @param slots that the request fills, each of which may become an exploration
   */
  public List<Arm> eligible(
      List<Arm> unknown, Spent spent, ToDoubleFunction<ItemId> ofItem, int slots) {
    double after = spent.impressions().impressions() + slots;
    boolean open =
        spent.impressions().rewards() + slots <= share * after
            && spent.ofUser() + slots <= perUser
            && spent.ofSession() + slots <= perSession;
    List<Arm> admitted = new ArrayList<>();
    for (Arm arm : unknown) {
      if (open && ofItem.applyAsDouble(arm.item()) < perItem) {
        admitted.add(arm);
      }
    }
    return admitted;
  }
}
