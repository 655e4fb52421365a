package dev.thaw.evaluation.claims;

import java.util.List;

/** What is claimed of the methods of Thaw. */
final class AllClaims {
  static final List<Claim> LIST =
      List.of(
          new PtupcdrLowersError(),
          new MeluPassesContent(),
          new FomamlNearMaml(),
          new RegretGrowth(),
          new ContentSeeds(),
          new ExploringPays(),
          new CrossDomainBoost(),
          new DiagonalThompsonIsCheap());

  private AllClaims() {}
}
