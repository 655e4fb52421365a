package dev.thaw.evaluation.onboarding;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.onboarding.QuestionChooser;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The ways to choose questions, that of serving and those it has to beat. */
final class AllQuestions {
  /** {@code GET /v1/onboarding}. */
  static final String SERVING = "serving's questions";

  static final String POPULAR = "popular";
  static final String RANDOM = "random";
  static final String RANDOM_KNOWN = "random of the known";
  static final String ENTROPY = "entropy x popularity";
  static final String EVIDENCE = "evidence candidates";

  private AllQuestions() {}

  /**
   * @param skipped gets those that can't be had, with the reason
   */
  static List<Questions> of(
      Experiment experiment, Extent extent, int threads, long seed, Map<String, String> skipped) {
    List<ItemId> popular =
        Popularity.of(experiment.positives()).ranked().stream()
            .map(Popularity.Counted::item)
            .toList();
    int pool = Math.min(QuestionChooser.DEFAULT.pool(), popular.size());
    List<Questions> all = new ArrayList<>();
    all.add(Questions.inOrder(POPULAR, popular));
    all.add(random(RANDOM, experiment.training().items().all(), seed));
    all.add(random(RANDOM_KNOWN, popular.subList(0, pool), seed));
    all.add(Questions.inOrder(ENTROPY, EntropyTimesPopularity.order(experiment.training())));
    List<CatalogueItem> described = described(experiment, popular.subList(0, pool));
    if (described.isEmpty()) {
      skipped.put(SERVING, "it asks about none of the items, as none of the known is described");
    } else {
      all.add(serving(described));
    }
    if (extent.networks()) {
      all.add(Questions.inOrder(EVIDENCE, EvidenceQuestions.order(experiment, threads, seed)));
    } else {
      skipped.put(EVIDENCE, "no networks are trained");
    }
    return all;
  }

  /** As serving has them: items that nothing is said of are not asked about. */
  private static List<CatalogueItem> described(Experiment experiment, List<ItemId> known) {
    return known.stream()
        .filter(experiment.catalogue()::containsKey)
        .map(item -> experiment.catalogue().get(item))
        .filter(item -> !item.isWithoutMetadata())
        .toList();
  }

  private static Questions serving(List<CatalogueItem> known) {
    return Questions.of(
        SERVING,
        (user, count) ->
            QuestionChooser.DEFAULT.choose(known, CatalogueItem::categories, count).stream()
                .map(CatalogueItem::itemId)
                .toList());
  }

  private static Questions random(String name, List<ItemId> items, long seed) {
    return Questions.of(
        name,
        (user, count) ->
            Shuffled.of(items, new SplittableRandom(seed ^ Hash64.of(user.value())))
                .subList(0, Math.min(count, items.size())));
  }
}
