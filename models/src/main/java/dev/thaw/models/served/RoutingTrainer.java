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
 * Learns which method ranks best for the users of a domain. Half of the users choose the models'
 * parameters; the others, dealt into folds, are each met by models that were trained without any
 * user of their fold, as serving would meet them with their first interactions. So of the users of
 * one fold those that fit, those that tune and those that choose the route are disjoint. A method
 * goes before the configured order only where its gain is proven, all methods and numbers of
 * interactions being tested at once ({@link MaxT}): the order that was measured on other data is
 * kept where this data can't tell. O(folds x training).
 *
 * @param policy whose order is the one to beat
 * @param folds at least 2
 * @param maxUsers measured at most
 */
public record RoutingTrainer(
    RoutingPolicy policy,
    ServedTrainer trainer,
    int folds,
    int maxUsers,
    TrainingProgress progress) {
  public static final int FOLDS = 3;
  public static final int MAX_USERS = 3_000;

  /** Interactions of a user who is measured. */
  private static final int MIN_HISTORY = 5;

  public RoutingTrainer {
    if (folds < 2 || maxUsers < folds) {
      throw new IllegalArgumentException(
          "routing needs folds >= 2 and maxUsers >= folds, were " + folds + " and " + maxUsers);
    }
  }

  /** Empty where there are too few users to hold out, or nobody else likes anything. */
  public Optional<RoutingTable> fit(ServedData data) {
    SplittableRandom random = new SplittableRandom(trainer.seed());
    List<UserId> able = Shuffled.of(able(data.interactions()), random);
    List<UserId> choosing = able.subList(0, Math.min(maxUsers, able.size() / 2));
    ServedData tuning = without(data, choosing);
    if (choosing.size() < RoutedGains.MIN_USERS || tuning.positives().size() == 0) {
      return Optional.empty();
    }
    String what = "routing of " + data.interactions().domain();
    ServedParameters parameters =
        ServedParameters.choose(tuning, trainer.threads(), trainer.seed());
    Map<DomainId, FactorModel> sources = trainer.sources(data, parameters);
    progress.step(what, 1, folds + 1);
    RoutedGains gains = new RoutedGains(policy, choosing.size());
    for (int fold = 0; fold < folds; fold++) {
      measure(data, choosing, fold, parameters, sources, gains);
      progress.step(what, fold + 2, folds + 1);
    }
    return Optional.of(gains.table(data.interactions().domain(), MaxT.DEFAULT, random));
  }

  private void measure(
      ServedData data,
      List<UserId> choosing,
      int fold,
      ServedParameters parameters,
      Map<DomainId, FactorModel> sources,
      RoutedGains gains) {
    List<Integer> places =
        IntStream.range(0, choosing.size()).filter(u -> u % folds == fold).boxed().toList();
    ServedData others = without(data, places.stream().map(choosing::get).toList());
    ServedModels models = trainer.train(others, parameters, sources);
    try (RowTasks tasks = new RowTasks(trainer.threads())) {
      tasks.forEach(
          places.size(),
          () -> models,
          (asked, at) -> {
            int place = places.get(at);
            RoutedUser user =
                RoutedUser.of(data.interactions(), choosing.get(place), trainer.seed());
            gains.put(place, user, data, asked);
          });
    }
  }

  private static ServedData without(ServedData data, List<UserId> users) {
    Set<UserId> heldOut = new HashSet<>(users);
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
