package dev.thaw.evaluation.offpolicy;

/** Shows the eligible arms in their order, the best first: what the ranking does without chance. */
public record FirstOfRanking() implements EvaluationPolicy {
  @Override
  public String name() {
    return "greedy";
  }

  @Override
  public double[] chances(LoggedRound round, int slot) {
    int place = 0;
    while (isTaken(round, place, slot)) {
      place++;
    }
    return only(round, place);
  }

  private static boolean isTaken(LoggedRound round, int place, int slots) {
    for (int before = 0; before < slots; before++) {
      if (round.place(before) == place) {
        return true;
      }
    }
    return false;
  }

  @Override
  public double[] marginalChances(LoggedRound round, int slot) {
    return only(round, slot);
  }

  private static double[] only(LoggedRound round, int place) {
    double[] chances = new double[round.eligible().size()];
    chances[place] = 1;
    return chances;
  }
}
