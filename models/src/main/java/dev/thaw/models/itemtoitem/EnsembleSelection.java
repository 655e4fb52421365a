package dev.thaw.models.itemtoitem;

import dev.thaw.models.validation.CrossValidation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the ensemble of one group of lengths: first its members, then their weights. */
final class EnsembleSelection {
  /** Of all members of an ensemble together. */
  static final int MAX_WEIGHT = 4;

  /** Weight of popularity that breaks ties and little more. */
  private static final double PURE = 0.01;

  /** Share of the highest nDCG that may be given for recall. */
  private static final double SLACK = 0.01;

  private final List<Integer> given;
  private final double share;
  private final Map<Similarity, ItemToItemConfig> configs = new EnumMap<>(Similarity.class);
  private final Map<Similarity, Double> ndcg = new EnumMap<>(Similarity.class);

  /**
   * @param given numbers of likes that the ensemble is chosen on
   * @param share of the users that is trained on
   */
  EnsembleSelection(List<Integer> given, double share) {
    this.given = given;
    this.share = share;
  }

  void offer(ItemToItemConfig candidate, CrossValidation.Measured measured) {
    double mean = measured.ndcg(given);
    if (mean > ndcg.getOrDefault(candidate.similarity(), -1.0)) {
      ndcg.put(candidate.similarity(), mean);
      configs.put(candidate.similarity(), candidate);
    }
  }

  /**
   * The best of each similarity; the best cosine with next to no popularity, too, since another
   * member may be what says popularity; and a kernel autoencoder.
   */
  List<LikesConfig> members() {
    Set<LikesConfig> members = new LinkedHashSet<>(configs.values());
    ItemToItemConfig cosine = configs.get(Similarity.COSINE);
    if (cosine != null) {
      members.add(cosine.with(PURE, 0));
    }
    members.add(KernelAutoencoderConfig.ofShare(share));
    return List.copyOf(members);
  }

  List<Integer> given() {
    return given;
  }

  /** Of the members in all sums that are measured; the autoencoder, the last, is in none alone. */
  List<int[]> weights() {
    int autoencoder = members().size() - 1;
    return WeightedSums.weights(members().size(), MAX_WEIGHT).stream()
        .filter(each -> Arrays.stream(each).sum() > each[autoencoder])
        .toList();
  }

  WeightedSums sums(LikesLibrary library) {
    return new WeightedSums(members().stream().map(library::ranker).toList(), weights());
  }

  /**
   * Of the sums that come near the highest nDCG the one with the highest recall: the one figure is
   * made by users who like much, the other by those who like little. Of equal ones the one of fewer
   * members.
   *
   * @param measured of each of the sums
   */
  Chosen choose(List<CrossValidation.Measured> measured) {
    List<int[]> weights = weights();
    double highest = -1;
    double single = -1;
    for (int w = 0; w < weights.size(); w++) {
      highest = Math.max(highest, measured.get(w).ndcg(given));
      if (Arrays.stream(weights.get(w)).sum() == 1) {
        single = highest;
      }
    }
    int best = -1;
    for (int w = 0; w < weights.size(); w++) {
      if (measured.get(w).ndcg(given) >= (1 - SLACK) * highest
          && (best < 0 || measured.get(w).recall(given) > measured.get(best).recall(given))) {
        best = w;
      }
    }
    List<EnsembleConfig.Part> parts = new ArrayList<>();
    List<LikesConfig> members = members();
    for (int m = 0; m < members.size(); m++) {
      if (weights.get(best)[m] > 0) {
        parts.add(new EnsembleConfig.Part(members.get(m), weights.get(best)[m]));
      }
    }
    return new Chosen(new EnsembleConfig(parts), measured.get(best).ndcg(given), single);
  }

  /**
   * An ensemble, and what it was chosen by.
   *
   * @param single the highest figure of one member
   */
  record Chosen(EnsembleConfig config, double ndcg, double single) {}
}
