package dev.thaw.evaluation.offpolicy;

import java.util.List;

/** Predicts rewards. */
@FunctionalInterface
interface RewardModel {
  /** Of the eligible arm at this place of the round, in the first slot. */
  double reward(LoggedRound round, int place);

  /** Learns one from rounds of which none is asked of the model that comes out. */
  @FunctionalInterface
  interface Trainer {
    /**
     * @param rounds may be empty
     */
    RewardModel fit(List<LoggedRound> rounds);
  }
}
