package dev.thaw.models.itemtoitem;

import dev.thaw.models.validation.CrossValidation;
import java.util.ArrayList;
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

  private final HistoryKind kind;
  private final double share;
  private final Map<Similarity, ItemToItemConfig> configs = new EnumMap<>(Similarity.class);
  private final Map<Similarity, Double> ndcg = new EnumMap<>(Similarity.class);

  /**
   * @param share of the users that is trained on
   */
  EnsembleSelection(HistoryKind kind, double share) {
    this.kind = kind;
    this.share = share;
  }

  void offer(ItemToItemConfig candidate, CrossValidation.Measured measured) {
    double mean = measured.mean(given());
    if (mean > ndcg.getOrDefault(candidate.similarity(), -1.0)) {
      ndcg.put(candidate.similarity(), mean);
      configs.put(candidate.similarity(), candidate);
    }
  }

  /**
   * Models that say different things, which is what a sum gains by: the best cosine and the best
   * EASE with the popularity they were chosen with; cosines and naive Bayes at full weight, which
   * by themselves would need more of it; popularity; a kernel autoencoder; and, of answers, the
   * regression on them.
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
    if (kind == HistoryKind.ANSWERS) {
      members.add(AnswerRegressionConfig.DEFAULT);
    }
    return List.copyOf(members);
  }

  List<Integer> given() {
    return kind.given();
  }

  /**
   * Of the members in all sums that are measured: in each of them something counts pairs, and of
   * answers the regression on them has a part, without which they are likes.
   */
  List<int[]> weights() {
    return WeightedSums.weights(members().size(), MAX_WEIGHT).stream()
        .filter(each -> hasPart(each, ItemToItemConfig.class))
        .filter(each -> kind != HistoryKind.ANSWERS || hasPart(each, AnswerRegressionConfig.class))
        .toList();
  }

  private boolean hasPart(int[] weights, Class<? extends LikesConfig> member) {
    List<LikesConfig> members = members();
    return IntStream.range(0, weights.length)
        .anyMatch(m -> weights[m] > 0 && member.isInstance(members.get(m)));
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
    int shortest = IntStream.of(weights.get(0)).sum();
    double single = -1;
    for (int w = 0; w < weights.size(); w++) {
      if (measured.get(w).mean(given()) > measured.get(best).mean(given())) {
        best = w;
      }
      if (IntStream.of(weights.get(w)).sum() == shortest) {
        single = measured.get(best).mean(given());
      }
    }
    List<EnsembleConfig.Part> parts = new ArrayList<>();
    List<LikesConfig> members = members();
    for (int m = 0; m < members.size(); m++) {
      if (weights.get(best)[m] > 0) {
        parts.add(new EnsembleConfig.Part(members.get(m), weights.get(best)[m]));
      }
    }
    return new Chosen(new EnsembleConfig(parts), measured.get(best).mean(given()), single);
  }

  /**
   * An ensemble, and what it was chosen by.
   *
   * @param single the highest figure of one member, of answers of the regression with one other
   */
  record Chosen(EnsembleConfig config, double ndcg, double single) {}
}
