package dev.thaw.evaluation.parity;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.UsersByK;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankerParameters;
import dev.thaw.evaluation.methods.RankerTraining;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.Routed;
import dev.thaw.evaluation.methods.TrainedRankers;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How many interactions a new domain needs until a model trained on them alone ranks as well as
 * preferences learned in a domain with which it shares no user. Users come into the domain whole,
 * in an order of the seed; what is trained on them is serving's default table, tuned anew each
 * time.
 *
 * @param given interactions of each test user
 * @param threads change nothing but the time
 */
public record InteractionsToParity(int given, int threads, long seed) {
  static final String HERE = "target-only, default table";

  /** About half a decade each. */
  private static final List<Integer> STEPS =
      List.of(100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000);

  /** Why nothing can be measured. */
  public static Optional<String> obstacle(ZeroOverlap domains) {
    return Optional.ofNullable(LearnedElsewhere.obstacle(domains));
  }

  /**
   * @param experiment users held out of the new domain; K of its figures is the number of
   *     interactions trained on
   * @param content of the items of both domains, of one space
   */
  public Evaluation.Outcome measure(
      Experiment experiment,
      ZeroOverlap domains,
      Map<ItemId, Embedding> content,
      Evaluation.Listener listener) {
    listener.at("learning elsewhere", 0, 1);
    RankingMethod elsewhere = LearnedElsewhere.train(domains, content, threads, seed);
    SortedMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    Map<String, String> notes =
        new TreeMap<>(Map.of("trained " + elsewhere.name(), elsewhere.note()));
    List<Experiment> grown = grown(experiment);
    Measurements.Subject subject = null;
    for (Experiment each : grown) {
      listener.at("training here", ranked.size(), grown.size());
      Measurements measured = measure(each, elsewhere);
      subject = measured.of();
      ranked.put(each.training().size(), measured.ranked().values().iterator().next());
    }
    if (subject == null) {
      throw new IllegalArgumentException("nobody likes anything in " + experiment.target());
    }
    notes.put("parity", parity(ranked));
    return new Evaluation.Outcome(
        new Measurements(
            new Measurements.Subject(
                subject.domain(),
                experiment.origin()
                    + "; "
                    + domains.origin()
                    + "; K is the number of interactions trained on, "
                    + given
                    + " are given of each user",
                "",
                experiment.training().dataHash(),
                subject.catalogue(),
                subject.thirds()),
            ranked,
            new TreeMap<>()),
        notes,
        Map.of());
  }

  private Measurements measure(Experiment experiment, RankingMethod elsewhere) {
    RankerParameters parameters = RankerParameters.choose(experiment, Extent.SERVED, threads, seed);
    TrainedRankers trained =
        RankerTraining.train(experiment, null, parameters, Extent.SERVED, threads, seed);
    return new UsersByK(experiment, List.of(given), Bootstrap.DEFAULT, threads, seed)
        .measure(
            List.of(
                trained.methods().get(0), elsewhere, new Here(Routed.byDefault(trained.served()))),
            List.of(),
            (method, k) -> {});
  }

  /** The default table under the name it has here. */
  private record Here(RankingMethod routed) implements RankingMethod {
    @Override
    public String name() {
      return HERE;
    }

    @Override
    public boolean score(Evidence user, float[] out) {
      return routed.score(user, out);
    }
  }

  /** The same test users with ever more training users, the last with all. */
  private List<Experiment> grown(Experiment experiment) {
    Interactions all = experiment.training();
    List<UserId> users =
        Shuffled.of(
            all.users().stream().filter(user -> all.rowLength(all.indexOf(user)) > 0).toList(),
            new SplittableRandom(seed));
    List<Experiment> grown = new ArrayList<>();
    Set<UserId> there = new HashSet<>();
    int step = 0;
    long size = 0;
    for (int u = 0; u < users.size(); u++) {
      there.add(users.get(u));
      size += all.rowLength(all.indexOf(users.get(u)));
      boolean last = u == users.size() - 1;
      if (last || (step < STEPS.size() && size >= STEPS.get(step))) {
        while (step < STEPS.size() && size >= STEPS.get(step)) {
          step++;
        }
        Set<UserId> kept = Set.copyOf(there);
        Experiment each =
            experiment.within(all.ofUsers(kept::contains), experiment.test(), experiment.origin());
        if (each.positives().size() > 0) {
          grown.add(each);
        }
      }
    }
    return grown;
  }

  /** From where on the target's own model is nowhere told to be behind, and from where it leads. */
  private String parity(SortedMap<Integer, List<RankedUsers>> ranked) {
    String even = "nowhere";
    String ahead = "nowhere";
    for (Map.Entry<Integer, List<RankedUsers>> each : ranked.entrySet()) {
      Interval difference =
          Bootstrap.DEFAULT.pairedDifference(
              each.getValue().get(2).ndcg(),
              each.getValue().get(1).ndcg(),
              new SplittableRandom(seed));
      String here = "from " + each.getKey() + " interactions on (" + difference + ")";
      if (difference.high() < 0) {
        even = "nowhere";
        ahead = "nowhere";
      } else if (even.equals("nowhere")) {
        even = here;
      }
      if (difference.low() > 0 && ahead.equals("nowhere")) {
        ahead = here;
      }
    }
    return "target-only minus learned elsewhere is not below zero " + even + ", above it " + ahead;
  }
}
