package dev.thaw.launcher.bench;

import dev.thaw.launcher.console.Progress;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.bridge.RatingPair;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How time and memory of each training grow with the data: generated ratings once, four and sixteen
 * times. Of the smallest the median of three counts, after one to warm up; the others are trained
 * on once.
 */
final class GrowthTimes {
  private static final List<Integer> TIMES = List.of(1, 4, 16);
  private static final int TURNS = 3;

  private final CrossDomainTimes bridges;
  private final TransferTimes transfers;
  private final RatingTimes ratings;
  private final RankingTimes rankings;
  private final long seed;

  GrowthTimes(
      CrossDomainTimes bridges,
      TransferTimes transfers,
      RatingTimes ratings,
      RankingTimes rankings,
      long seed) {
    this.transfers = transfers;
    this.bridges = bridges;
    this.ratings = ratings;
    this.rankings = rankings;
    this.seed = seed;
  }

  List<Figure> run(Progress progress) {
    Map<String, Double> first = new LinkedHashMap<>();
    List<Figure> figures = new ArrayList<>();
    for (int times : TIMES) {
      Map<String, Sized> trainings = trainings(GeneratedRatings.of(times, seed));
      try (Progress.Task task =
          progress.begin("trainings of %d x the ratings".formatted(times), trainings.size())) {
        int done = 0;
        for (Map.Entry<String, Sized> each : trainings.entrySet()) {
          Supplier<Object> training = each.getValue().training;
          Timed<Object> timed = times == 1 ? Timed.of(TURNS, training) : Timed.once(1, training);
          first.putIfAbsent(each.getKey(), timed.seconds());
          figures.add(
              timed
                  .figure(
                      "%s, %,d ratings".formatted(each.getKey(), each.getValue().ratings),
                      each.getValue().ratings)
                  .with("data, times", times)
                  .with("time, times", timed.seconds() / first.get(each.getKey())));
          task.at(++done);
        }
      }
    }
    return figures;
  }

  private record Sized(long ratings, Supplier<Object> training) {}

  private Map<String, Sized> trainings(GeneratedRatings data) {
    Interactions target = data.target();
    Interactions positives = target.where(GeneratedRatings.SCALE::isPositive);
    SourceDomain source = new SourceDomain(data.source(), GeneratedRatings.SCALE);
    RatingPair pair =
        new RatingPair(data.source(), GeneratedRatings.SCALE, target, GeneratedRatings.SCALE);
    MetaData meta = new MetaData(target, GeneratedRatings.SCALE, Map.of(), Map.of(), Map.of());
    long both = (long) data.source().size() + target.size();
    Map<String, Sized> all = new LinkedHashMap<>();
    all.put(
        "biased factorisation, SGD",
        new Sized(
            target.size(),
            () -> ratings.biased(GeneratedRatings.SCALE).fit(target, ratings.random())));
    all.put(
        "explicit ALS",
        new Sized(target.size(), () -> ratings.als(target, GeneratedRatings.SCALE)));
    all.put(
        "implicit ALS, 64 factors",
        new Sized(
            positives.size(),
            () -> rankings.als(positives, GeneratedRatings.SCALE, ImplicitAlsConfig.DEFAULT)));
    all.put(
        "item-to-item, cosine",
        new Sized(positives.size(), () -> rankings.itemToItem(positives, GeneratedRatings.SCALE)));
    all.put(
        "EMCDR, linear",
        new Sized(
            both,
            () -> bridges.train(BridgeTrainers.linear(), source, target, GeneratedRatings.SCALE)));
    all.put(
        "EMCDR, perceptron",
        new Sized(
            both,
            () -> bridges.train(BridgeTrainers.emcdr(), source, target, GeneratedRatings.SCALE)));
    all.put(
        "PTUPCDR",
        new Sized(
            both,
            () -> bridges.train(BridgeTrainers.ptupcdr(), source, target, GeneratedRatings.SCALE)));
    all.put(
        "kernel ridge, factors of both domains included",
        new Sized(
            both,
            () ->
                transfers.kernel(
                    transfers.data(
                        data.source(),
                        GeneratedRatings.SCALE,
                        positives,
                        target,
                        GeneratedRatings.SCALE))));
    all.put("CMF", new Sized(both, () -> bridges.collective(pair, ExplicitAlsConfig.DEFAULT)));
    all.put(
        "MeLU, one epoch, its factorisations included",
        new Sized(
            target.size(),
            () -> ratings.meta(meta, MetaConfig.DEFAULT.withEpochs(1), TrainingProgress.SILENT)));
    return all;
  }
}
