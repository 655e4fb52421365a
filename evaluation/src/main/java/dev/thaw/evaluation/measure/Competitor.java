package dev.thaw.evaluation.measure;

import dev.thaw.evaluation.methods.RankingMethod;

/** A ranking method as a name in a table. */
public record Competitor(String name, RankingMethod.Role role) {
  public static Competitor of(RankingMethod method) {
    return new Competitor(method.name(), method.role());
  }

  boolean isOther() {
    return role == RankingMethod.Role.OTHER;
  }

  /** One method of ours, no routing. */
  boolean isSingle() {
    return !isHybrid() && !isOther();
  }

  boolean isHybrid() {
    return role == RankingMethod.Role.HYBRID;
  }
}
