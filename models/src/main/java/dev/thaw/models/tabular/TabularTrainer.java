package dev.thaw.models.tabular;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.ItemFoldIn;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Adam;
import dev.thaw.models.training.EarlyStopping;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Teaches a network where items stand in the factor space, from those that have interactions and a
 * record: an item with n of them weighs {@code n / (n + }{@value #HALF_WEIGHT}{@code )}. How many
 * epochs it takes is found on a fifth of the items kept apart; then all of them teach as many.
 */
public final class TabularTrainer implements Trainer<TabularData, TabularModel> {
  /** Items to learn from; fewer can't teach a network. */
  private static final int MIN_ITEMS = 10;

  private static final double HALF_WEIGHT = 20;
  private static final double APART = 0.2;
  private static final int BATCH = 32;

  private final TabularConfig config;
  private final int threads;

  /**
   * @param threads that find the targets; they change nothing but the time
   */
  public TabularTrainer(TabularConfig config, int threads) {
    this.config = config;
    this.threads = threads;
  }

  /**
   * A model and what is known of it.
   *
   * @param metrics {@code loss} on items kept apart, weighted, beside the {@code constant_loss} of
   *     the best answer that knows nothing of an item; {@code epochs}, {@code items}
   */
  public record Run(TabularModel model, Map<String, Double> metrics) {
    public Run {
      metrics = Map.copyOf(metrics);
    }
  }

  /** An item that teaches, by its number among the interactions. */
  private record Known(int item, TabularFeatures.Row row) {}

  private record Example(TabularFeatures.Row row, float[] target, double weight) {}

  @Override
  public TabularModel fit(TabularData data, RandomGenerator random) {
    return run(data, random).model;
  }

  /**
   * Why there is nothing to learn from; empty where there is. O(items).
   *
   * @return for a sentence that begins with what is not trained
   */
  public Optional<String> obstacle(TabularData data) {
    return obstacle(known(data, features(data)));
  }

  private static Optional<String> obstacle(List<Known> known) {
    return known.size() >= MIN_ITEMS
        ? Optional.empty()
        : Optional.of(
            "needs "
                + MIN_ITEMS
                + " items with factors and attributes or categories, there are "
                + known.size());
  }

  /**
   * @throws IllegalArgumentException if there is an {@link #obstacle}
   * @throws TrainingDivergedException if the loss becomes infinite or not a number
   */
  public Run run(TabularData data, RandomGenerator random) {
    TabularFeatures features = features(data);
    List<Known> known = known(data, features);
    Optional<String> obstacle = obstacle(known);
    if (obstacle.isPresent()) {
      throw new IllegalArgumentException(
          "tabular encoder of " + data.factors().domain() + ' ' + obstacle.get());
    }
    List<Example> examples = Shuffled.of(examples(data, known), random);
    SparseNetwork network =
        new SparseNetwork(features.size(), config.hidden(), data.factors().rank() + 1);
    ScoreLoss loss = ScoreLoss.of(data.factors(), data.interactions());
    int apart = (int) (APART * examples.size());
    List<Example> stopping = examples.subList(0, apart);
    List<Example> others = examples.subList(apart, examples.size());
    Descent search = new Descent(network, loss, others, random);
    EarlyStopping best = new EarlyStopping(search.parameters);
    double constant = search.mean(stopping);
    for (int epoch = 1; epoch <= config.epochs() && best.sinceBest() < config.patience(); epoch++) {
      search.epoch();
      best.offer(search.parameters, search.mean(stopping));
    }
    int epochs = Math.max(1, best.bestOffer());
    Descent whole = new Descent(network, loss, examples, random);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      whole.epoch();
    }
    return new Run(
        new TabularModel(data.factors().domain(), features, network, whole.parameters),
        Map.of(
            "loss",
            best.losses().get(epochs - 1),
            "constant_loss",
            constant,
            "epochs",
            (double) epochs,
            "items",
            (double) examples.size()));
  }

  private TabularFeatures features(TabularData data) {
    return TabularFeatures.learn(data.catalogue().values(), config.buckets());
  }

  /** Items with interactions and factors that say something of themselves. */
  private static List<Known> known(TabularData data, TabularFeatures features) {
    Interactions likes = data.interactions();
    List<Known> known = new ArrayList<>();
    for (int i = 0; i < likes.items().size(); i++) {
      ItemId id = likes.items().get(i);
      CatalogueItem record = data.catalogue().get(id);
      if (likes.columnLength(i) > 0 && record != null && data.factors().indexVector(id) != null) {
        TabularFeatures.Row row = features.of(record);
        if (!row.empty()) {
          known.add(new Known(i, row));
        }
      }
    }
    return known;
  }

  private List<Example> examples(TabularData data, List<Known> known) {
    Interactions likes = data.interactions();
    FactorModel factors = data.factors();
    ItemFoldIn foldIn = ItemFoldIn.of(factors, likes, threads);
    List<Example> examples = new ArrayList<>();
    for (Known each : known) {
      float[] target =
          data.targetRidge() < 1
              ? foldIn.leastSquares(data.targetRidge(), likedBy(likes, each.item))
              : Objects.requireNonNull(factors.indexVector(likes.items().get(each.item)));
      int n = likes.columnLength(each.item);
      examples.add(new Example(each.row, target, n / (n + HALF_WEIGHT)));
    }
    return examples;
  }

  private static int[] likedBy(Interactions likes, int item) {
    int[] users = new int[likes.columnLength(item)];
    Arrays.setAll(users, n -> likes.columnUser(likes.columnStart(item) + n));
    return users;
  }

  /** Adam on mini-batches; words are left out at random. */
  private final class Descent {
    final double[] parameters;
    private final SparseNetwork network;
    private final ScoreLoss loss;
    private final List<Example> examples;
    private final RandomGenerator random;
    private final double[] gradient;
    private final double[] activation;
    private final double[] y;
    private final double[] ofOutput;
    private final Adam adam;

    Descent(SparseNetwork network, ScoreLoss loss, List<Example> examples, RandomGenerator random) {
      this.network = network;
      this.loss = loss;
      this.examples = examples;
      this.random = random;
      this.parameters = network.initial(meanTarget(), random);
      this.gradient = new double[parameters.length];
      this.activation = new double[network.hidden()];
      this.y = new double[network.out()];
      this.ofOutput = new double[network.out()];
      this.adam = new Adam(parameters.length, config.rate());
    }

    private double[] meanTarget() {
      double[] mean = new double[network.out()];
      double weights = examples.stream().mapToDouble(Example::weight).sum();
      for (Example each : examples) {
        for (int o = 0; o < mean.length; o++) {
          mean[o] += each.weight * each.target[o] / weights;
        }
      }
      return mean;
    }

    void epoch() {
      List<Example> order = Shuffled.of(examples, random);
      for (int from = 0; from < order.size(); from += BATCH) {
        step(order.subList(from, Math.min(order.size(), from + BATCH)));
      }
    }

    private void step(List<Example> batch) {
      Arrays.fill(gradient, 0);
      double sum = 0;
      for (Example each : batch) {
        double[] kept = SparseNetwork.some(each.row, config.dropout(), random);
        sum += loss(each, kept);
        network.backward(parameters, each.row, kept, activation, ofOutput, gradient);
      }
      if (!Double.isFinite(sum)) {
        throw new TrainingDivergedException(
            "tabular encoder",
            adam.steps() + 1,
            config.rate(),
            sum / batch.size(),
            Double.MAX_VALUE);
      }
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= batch.size();
      }
      adam.step(parameters, gradient, 1, config.decay(), network.firstWeight());
    }

    private double loss(Example example, double[] kept) {
      network.forward(parameters, example.row, kept, activation, y);
      return loss.of(y, example.target, example.weight, ofOutput);
    }

    double mean(List<Example> others) {
      double sum = 0;
      double weights = 0;
      for (Example each : others) {
        sum += loss(each, SparseNetwork.all(each.row));
        weights += each.weight;
      }
      return sum / weights;
    }
  }
}
