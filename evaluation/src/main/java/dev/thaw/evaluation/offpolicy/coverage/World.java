package dev.thaw.evaluation.offpolicy.coverage;

import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import java.util.List;
import java.util.SplittableRandom;

/** Writes logs of a policy in circumstances that are known. Rewards are clicks. Thread-safe. */
interface World {
  String name();

  /** What is evaluated. */
  EvaluationPolicy policy();

  /** Its expected reward of an answer. */
  double truth();

  int slots();

  /** Another log of the same world. */
  List<LoggedRound> draw(SplittableRandom random);
}
