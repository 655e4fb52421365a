package dev.thaw.evaluation.claims;

import java.util.List;

/** What is claimed of the methods of Thaw. */
final class AllClaims {
  static final List<Claim> LIST =
      List.of(
          new PtupcdrLowersError(),
          new MeluPassesContent(),
          new FomamlNearMaml(),
          new NotBuilt(
              "UCB1's and Thompson sampling's cumulative regret grows like log t, that of"
                  + " epsilon-greedy with a fixed epsilon linearly",
              "Auer et al. 2002",
              "UCB1 and epsilon-greedy are not built, of the three there is Thompson sampling alone;"
                  + " nor is a simulator of rewards"),
          new NotBuilt(
              "vectors seeded from content lift the CTR of new items by 15-30 % over random ones in"
                  + " the first week",
              "the article",
              "there is no simulator of clicks and no log in which new items started from random"
                  + " vectors; --protocol items-by-count has nDCG@10 of both, which is no CTR"),
          new CrossDomainBoost(),
          new NotBuilt(
              "diagonal Thompson sampling turns 160M operations a request (10,000 arms, d = 128) into"
                  + " 1.3M",
              "the article",
              "linear Thompson sampling is not built, with full covariance (10,000 x 128 x 128 ="
                  + " 163.84M products a request) or with a diagonal one (10,000 x 128 = 1.28M)"));

  private AllClaims() {}
}
