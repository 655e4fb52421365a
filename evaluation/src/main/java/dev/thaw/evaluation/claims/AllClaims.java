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
          new NotBuilt(
              "diagonal Thompson sampling turns 160M operations a request (10,000 arms, d = 128) into"
                  + " 1.3M",
              "the article",
              "linear Thompson sampling is not built, with full covariance (10,000 x 128 x 128 ="
                  + " 163.84M products a request) or with a diagonal one (10,000 x 128 = 1.28M)"));

  private AllClaims() {}
}
