package dev.thaw.evaluation.onboarding;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.Competitor;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.PopularityThirds;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankerParameters;
import dev.thaw.evaluation.methods.RankerTraining;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.Routed;
import dev.thaw.evaluation.methods.TrainedRankers;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.history.History;
import dev.thaw.models.served.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How well serving's default table ranks for newcomers of whom nothing is known but what they
 * answered to 1, 3, 5 questions, by how these were chosen. K is the number of questions; a user who
 * knows none of them, or likes none, gets what a user without answers gets, and counts.
 *
 * @param counts numbers of questions
 * @param extent whether a network is trained for its evidence candidates
 */
public record OnboardingCurve(List<Integer> counts, Extent extent, int threads, long seed) {
  /** As the issue of cold start has it. */
  public static final List<Integer> COUNTS = List.of(1, 3, 5);

  static final String UNASKED = "nothing asked";

  public OnboardingCurve {
    counts = List.copyOf(new TreeSet<>(counts));
    if (counts.isEmpty() || counts.get(0) < 1) {
      throw new IllegalArgumentException("numbers of questions must be >= 1, were " + counts);
    }
  }

  /**
   * @param content neighbours of the items, null where these have no text
   */
  public Evaluation.Outcome measure(
      Experiment experiment, @Nullable ContentNeighbours content, Evaluation.Listener listener) {
    listener.at("choosing parameters", 0, 1);
    RankerParameters parameters = RankerParameters.choose(experiment, Extent.SERVED, threads, seed);
    listener.at("training", 0, 1);
    TrainedRankers trained =
        RankerTraining.train(experiment, content, parameters, Extent.SERVED, threads, seed);
    Map<String, String> skipped = new TreeMap<>(trained.skipped());
    listener.at("choosing questions", 0, 1);
    List<Questions> ways = AllQuestions.of(experiment, extent, threads, seed, skipped);
    return measure(
        experiment, Routed.byDefault(trained.served()), ways, parameters.toMap(), skipped);
  }

  Evaluation.Outcome measure(
      Experiment experiment,
      RankingMethod ranker,
      List<Questions> ways,
      Map<String, String> parameters,
      Map<String, String> skipped) {
    List<Newcomer> newcomers =
        experiment.test().stream()
            .map(
                user ->
                    Newcomer.of(
                        user, ways, counts, experiment.training().items(), experiment.scale()))
            .filter(each -> !each.asked().relevant().isEmpty())
            .toList();
    PopularityThirds thirds = PopularityThirds.of(experiment.positives());
    Map<String, String> notes = new TreeMap<>(parameters);
    SortedMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    Ranking ranking = new Ranking(experiment, ranker, newcomers, thirds);
    for (int count : counts) {
      List<RankedUsers> lists = new ArrayList<>();
      lists.add(ranking.of(Questions.inOrder(UNASKED, List.of()), count, notes));
      ways.forEach(way -> lists.add(ranking.of(way, count, notes)));
      ranked.put(count, lists);
    }
    return new Evaluation.Outcome(
        new Measurements(
            new Measurements.Subject(
                experiment.target().value(),
                experiment.origin() + "; K is the number of questions they were asked",
                "",
                experiment.training().dataHash(),
                experiment.training().items().size(),
                Arrays.stream(thirds.sizes()).boxed().toList()),
            ranked,
            new TreeMap<>()),
        notes,
        skipped);
  }

  /** Ranks for everybody after the answers to one way of asking. */
  private record Ranking(
      Experiment experiment,
      RankingMethod ranker,
      List<Newcomer> newcomers,
      PopularityThirds thirds) {

    RankedUsers of(Questions way, int count, Map<String, String> notes) {
      RankedUsers lists =
          new RankedUsers(
              new Competitor(way.name(), RankingMethod.Role.BASELINE),
              newcomers.stream().map(each -> each.user().user()).toList());
      float[] scores = new float[experiment.training().items().size()];
      int known = 0;
      int liked = 0;
      for (int u = 0; u < newcomers.size(); u++) {
        Newcomer newcomer = newcomers.get(u);
        Newcomer.Answers answers = newcomer.answer(way.ask(newcomer.user().user(), count));
        known += answers.known();
        liked += answers.likes().entries().size();
        ranker.score(evidence(newcomer, answers.likes()), scores);
        lists.put(u, scores, newcomer.asked(), null, thirds, !answers.likes().entries().isEmpty());
      }
      if (!way.name().equals(UNASKED)) {
        notes.put(
            way.name() + ", " + count + " asked",
            String.format(
                Locale.ROOT,
                "%.2f known, %.2f liked",
                (double) known / newcomers.size(),
                (double) liked / newcomers.size()));
      }
      return lists;
    }

    /** New everywhere: what is known of them elsewhere would answer before any question. */
    private Evidence evidence(Newcomer newcomer, History likes) {
      return new Evidence(
          newcomer.user().user(),
          likes,
          Map.of(),
          experiment.profiles().get(newcomer.user().user()));
    }
  }
}
