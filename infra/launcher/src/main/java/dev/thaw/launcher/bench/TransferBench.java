package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.SourceUsersSplit;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bridge.ItemToItemRidge;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.served.ServedData;
import dev.thaw.models.served.ServedModels;
import dev.thaw.models.served.ServedParameters;
import dev.thaw.models.served.ServedTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What serving gains in nDCG at 10 over the row-normalised ridge from a source where users are new
 * to a domain, the whole catalogue ranked: each domain of a folder that has one source, three seeds
 * of the split, all parameters chosen on validation users. A user who is held out several times
 * counts once, with the mean; the pooled interval is over these users.
 */
final class TransferBench implements Benchmark {
  private static final int SEEDS = 3;

  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public String description() {
    return "what users who are new to a domain gain by another one, in a folder given by --data";
  }

  @Override
  public Optional<String> leftOut(BenchContext context) {
    return context.data() != null && Files.exists(context.data().resolve("domains.yaml"))
        ? Optional.empty()
        : Optional.of("needs --data with domains that share users");
  }

  /** Of one user, each summed over the times that the user was held out. */
  private static final class Reached {
    private double served;
    private double ridge;
    private double popularity;
    private int times;

    void add(double byServed, double byRidge, double byPopularity) {
      served += byServed;
      ridge += byRidge;
      popularity += byPopularity;
      times++;
    }
  }

  @Override
  public List<Figure> run(BenchContext context) throws IOException {
    Path folder = context.data();
    if (folder == null) {
      throw new IllegalStateException("is left out without data");
    }
    EvaluationData data = EvaluationData.read(folder, Instant.now(), letter -> {});
    List<Figure> figures = new ArrayList<>();
    Map<UserId, Reached> pooled = new TreeMap<>();
    for (DomainId target : new TreeMap<>(data.interactions()).keySet()) {
      DomainDefinition domain = data.domain(target);
      for (int s = 0; s < SEEDS && domain.sources().size() == 1; s++) {
        long seed = context.seed() + s;
        UserSplit users = UserSplit.DEFAULT.withSeed(seed);
        SourceUsersSplit split = new SourceUsersSplit(users);
        if (split.obstacle(data, target).isEmpty()) {
          Map<UserId, Reached> reached = new TreeMap<>();
          measure(split.on(data, target), context.threads(), seed, reached);
          figures.add(figure("new users of " + target + ", seed " + seed, reached));
          reached.forEach(
              (user, each) ->
                  pooled
                      .computeIfAbsent(user, u -> new Reached())
                      .add(each.served, each.ridge, each.popularity));
        }
      }
    }
    if (!pooled.isEmpty()) {
      figures.add(figure("new users, pooled", pooled));
    }
    return figures;
  }

  private static Figure figure(String name, Map<UserId, Reached> users) {
    double[] served = users.values().stream().mapToDouble(u -> u.served / u.times).toArray();
    double[] ridge = users.values().stream().mapToDouble(u -> u.ridge / u.times).toArray();
    Interval gain = Bootstrap.DEFAULT.pairedDifference(served, ridge, new SplittableRandom(0));
    return Figure.of(name + ", served over row-normalised ridge", gain.mean(), "nDCG@10")
        .with("low", gain.low())
        .with("high", gain.high())
        .with("served", Arrays.stream(served).average().orElse(0))
        .with("ridge", Arrays.stream(ridge).average().orElse(0))
        .with(
            "popularity",
            users.values().stream().mapToDouble(u -> u.popularity / u.times).average().orElse(0))
        .with("users", users.size());
  }

  private static void measure(
      Experiment split, int threads, long seed, Map<UserId, Reached> reached) {
    ServedData data = split.served(null);
    ServedTrainer trainer = new ServedTrainer(threads, seed);
    ServedParameters parameters = ServedParameters.choose(data, threads, seed);
    ServedModels models = trainer.train(data, parameters, trainer.sources(data, parameters));
    Interactions there = data.sources().values().iterator().next().interactions();
    ItemToItemRidge ridge = ItemToItemRidge.rowNormalised(there, data.positives());
    float[] scores = new float[data.interactions().items().size()];
    float[] byRidge = new float[ridge.items().size()];
    for (NewUser user : NewUser.of(split)) {
      Evidence evidence = data.evidence(user.user(), History.EMPTY);
      models.route(RoutingPolicy.standard(), null, evidence, scores);
      double served = user.ndcg(scores);
      ridge.score(there.history(user.user()), byRidge);
      models.score(RoutingPolicy.standard(), Method.POPULARITY, evidence, scores);
      reached
          .computeIfAbsent(user.user(), u -> new Reached())
          .add(served, user.ndcg(byRidge), user.ndcg(scores));
    }
  }
}
