package dev.thaw.models.itemtoitem;

import dev.thaw.models.validation.CrossValidation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Chooses the ensemble of one kind of histories: first its members, then their weights. */
final class EnsembleSelection {
  /** Of all members of an ensemble together. */
  static final int MAX_WEIGHT = 4;

  /** Weight of popularity that breaks ties and little more. */
  private static final double PURE = 0.01;

  private final List<Integer> given;
  private final double share;
  private final Map<Similarity, ItemToItemConfig> configs = new EnumMap<>(Similarity.class);
  private final Map<Similarity, Double> ndcg = new EnumMap<>(Similarity.class);

  /**
   * @param given of cold users, what the ensemble is chosen on
   * @param share of the users that is trained on
   */
  EnsembleSelection(List<Integer> given, double share) {
    this.given = given;
    this.share = share;
  }

  void offer(ItemToItemConfig candidate, CrossValidation.Measured measured) {
    double mean = measured.mean(given);
    if (mean > ndcg.getOrDefault(candidate.similarity(), -1.0)) {
      ndcg.put(candidate.similarity(), mean);
      configs.put(candidate.similarity(), candidate);
    }
  }

  /**
   * Models that say different things, which is what a sum gains by: the best cosine and the best
   * EASE with the popularity they were chosen with; cosines and naive Bayes at full weight, which
   * by themselves would need more of it; popularity; and a kernel autoencoder.
   */
  List<LikesConfig> members() {
    Set<LikesConfig> members = new LinkedHashSet<>(configs.values());
    ItemToItemConfig cosine = configs.get(Similarity.COSINE);
    if (cosine != null) {
      members.add(cosine.with(PURE, 0));
      members.add(
          ItemToItemConfig.asymmetricCosine(cosine.neighbours(), cosine.strength()).with(PURE, 0));
    }
    members.add(new LikesPopularityConfig());
    members.add(KernelAutoencoderConfig.ofShare(share));
    return List.copyOf(members);
  }

  List<Integer> given() {
    return given;
  }

  /** Of the members in all sums that are measured: in each of them something counts pairs. */
  List<int[]> weights() {
    List<LikesConfig> members = members();
    return WeightedSums.weights(members.size(), MAX_WEIGHT).stream()
        .filter(
            each ->
                IntStream.range(0, each.length)
                    .anyMatch(m -> each[m] > 0 && members.get(m) instanceof ItemToItemConfig))
        .toList();
  }

  WeightedSums sums(LikesLibrary library) {
    return new WeightedSums(members().stream().map(library::ranker).toList(), weights());
  }

  /**
   * The sum with the highest nDCG; of equal ones the one with the least weight.
   *
   * @param measured of each of the sums
   */
  Chosen choose(List<CrossValidation.Measured> measured) {
    List<int[]> weights = weights();
    int best = 0;
    double single = -1;
    for (int w = 0; w < weights.size(); w++) {
      if (measured.get(w).mean(given) > measured.get(best).mean(given)) {
        best = w;
      }
      if (Arrays.stream(weights.get(w)).sum() == 1) {
        single = measured.get(best).mean(given);
      }
    }
    List<EnsembleConfig.Part> parts = new ArrayList<>();
    List<LikesConfig> members = members();
    for (int m = 0; m < members.size(); m++) {
      if (weights.get(best)[m] > 0) {
        parts.add(new EnsembleConfig.Part(members.get(m), weights.get(best)[m]));
      }
    }
    return new Chosen(new EnsembleConfig(parts), measured.get(best).mean(given), single);
  }

  /**
   * An ensemble, and what it was chosen by.
   *
   * @param single the highest figure of one member
   */
  record Chosen(EnsembleConfig config, double ndcg, double single) {}
}
