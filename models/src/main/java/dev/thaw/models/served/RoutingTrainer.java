package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.MaxT;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Learns which method ranks best for the users of a domain. Every user is met once, as serving
 * would meet them with their first interactions, by models that were trained without any user of
 * their fold and whose parameters were chosen without any user of their half. So for each of them
 * those that fit, those that tune and those that choose the route are others. A method goes before
 * the configured order of a cell only where the lower bound of its gain lies above zero, all
 * methods of the cell being tested at once ({@link MaxT}): the order that was measured on other
 * data is kept where this data can't tell. O(folds x training + 2 x tuning).
 *
 * @param policy whose order is the one to beat
 * @param folds even, at least 4
 * @param maxUsers measured at most
 */
public record RoutingTrainer(
    RoutingPolicy policy,
    ServedTrainer trainer,
    int folds,
    int maxUsers,
    TrainingProgress progress) {
  public static final int FOLDS = 4;
  public static final int MAX_USERS = 3_000;

  /** Interactions of a user who is measured. */
  private static final int MIN_HISTORY = 5;

  public RoutingTrainer {
    if (folds < 4 || folds % 2 != 0 || maxUsers < folds) {
      throw new IllegalArgumentException(
          "routing needs even folds >= 4 and maxUsers >= folds, were "
              + folds
              + " and "
              + maxUsers);
    }
  }

  /** Empty where there are too few users to hold out, or nobody else likes anything. */
  public Optional<RoutingTable> fit(ServedData data) {
    SplittableRandom random = new SplittableRandom(trainer.seed());
    List<UserId> able = Shuffled.of(able(data.interactions()), random);
    List<UserId> met = able.subList(0, Math.min(maxUsers, able.size()));
    List<ServedData> halves = List.of(withoutEach(data, met, 2, 0), withoutEach(data, met, 2, 1));
    if (met.size() < RoutedGains.MIN_USERS
        || halves.stream().anyMatch(half -> half.positives().size() == 0)) {
      return Optional.empty();
    }
    String what = "routing of " + data.interactions().domain();
    ServedParameters first =
        ServedParameters.choose(halves.get(0), trainer.threads(), trainer.seed());
    progress.step(what, 1, folds + 2);
    List<ServedParameters> parameters =
        List.of(first, first.ofOtherUsers(halves.get(1), trainer.threads(), trainer.seed()));
    progress.step(what, 2, folds + 2);
    Map<DomainId, FactorModel> sources = trainer.sources(data, first);
    RoutedGains gains = new RoutedGains(policy, met.size());
    for (int fold = 0; fold < folds; fold++) {
      // an even number of folds: all of a fold are of one half
      measure(data, met, fold, parameters.get(fold % 2), sources, gains);
      progress.step(what, fold + 3, folds + 2);
    }
    return Optional.of(gains.table(data.interactions().domain(), MaxT.DEFAULT, random));
  }

  private void measure(
      ServedData data,
      List<UserId> met,
      int fold,
      ServedParameters parameters,
      Map<DomainId, FactorModel> sources,
      RoutedGains gains) {
    List<Integer> places =
        IntStream.range(0, met.size()).filter(u -> u % folds == fold).boxed().toList();
    ServedModels models = trainer.train(withoutEach(data, met, folds, fold), parameters, sources);
    try (RowTasks tasks = new RowTasks(trainer.threads())) {
      tasks.forEach(
          places.size(),
          () -> models,
          (asked, at) -> {
            int place = places.get(at);
            RoutedUser user = RoutedUser.of(data.interactions(), met.get(place), trainer.seed());
            gains.put(place, user, data, asked);
          });
    }
  }

  /** Without what every so many-th of these users did in the domain. */
  private static ServedData withoutEach(ServedData data, List<UserId> met, int every, int from) {
    Set<UserId> heldOut = new HashSet<>();
    for (int u = from; u < met.size(); u += every) {
      heldOut.add(met.get(u));
    }
    return data.ofUsers(user -> !heldOut.contains(user));
  }

  private static List<UserId> able(Interactions all) {
    List<UserId> able = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      if (all.rowLength(u) >= MIN_HISTORY) {
        able.add(all.users().get(u));
      }
    }
    return able;
  }
}
