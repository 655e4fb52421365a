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
              "there is no simulator of rewards to run them in"),
          new NotBuilt(
              "vectors seeded from content lift the CTR of new items by 15-30 % over random ones in"
                  + " the first week",
              "the article",
              "there is no simulator of clicks and no log in which new items started from random"
                  + " vectors; --protocol items-by-count has nDCG@10 of both, which is no CTR"),
          new CrossDomainBoost(),
          new DiagonalThompsonIsCheap());

  private AllClaims() {}
}
