package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.projection.ItemWords;
import dev.thaw.models.training.TrainingProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * With which chance a user likes an item, in a world made of ratings: what was said stands as it
 * was said; where nothing was said, a biased factorisation of half of the ratings says what to
 * expect. No policy is told anything of it: what policies know is learned from the other half, by
 * other kinds of models and from other random numbers. Immutable, thread-safe.
 *
 * <p>Its items can be made anew with any part of what tells them apart explained by their content,
 * see {@link #withContent}.
 */
final class Likings {
  /** Items that share a word are worth together, before its mean counts as much as the mean. */
  private static final double SHRINKAGE = 5;

  private final Interactions said;
  private final RatingScale scale;
  private final boolean asSaid;
  private final Calibration calibration;
  private final double mean;
  private final float[][] users;
  private final double[] biases;

  /** By item: {@code [q; b]}. */
  private final float[][] items;

  private Likings(
      Interactions said,
      RatingScale scale,
      boolean asSaid,
      Calibration calibration,
      double mean,
      float[][] users,
      double[] biases,
      float[][] items) {
    this.said = said;
    this.scale = scale;
    this.asSaid = asSaid;
    this.calibration = calibration;
    this.mean = mean;
    this.users = users;
    this.biases = biases;
    this.items = items;
  }

  /**
   * @param halves chances are calibrated on ratings of the half that policies learn from, which the
   *     factorisation has not seen
   */
  static Likings learn(Halves halves, RatingScale scale, long seed) {
    Interactions truth = halves.truth();
    FactorModel model =
        FactorTrainers.biasedFactorisation(
                BiasedFactorisationConfig.DEFAULT, scale, TrainingProgress.SILENT)
            .fit(truth, new SplittableRandom(seed));
    float[][] users = new float[truth.users().size()][];
    double[] biases = new double[users.length];
    for (int user = 0; user < users.length; user++) {
      UserVector vector = model.foldIn(truth.history(user));
      users[user] = vector.vector();
      biases[user] = vector.bias();
    }
    float[][] items = new float[truth.items().size()][];
    for (int item = 0; item < items.length; item++) {
      items[item] = model.indexVector(item);
    }
    Likings uncalibrated =
        new Likings(
            truth, scale, true, new Calibration(0, 0, 0), model.mean(), users, biases, items);
    return new Likings(
        truth,
        scale,
        true,
        uncalibrated.calibrated(halves.known()),
        model.mean(),
        users,
        biases,
        items);
  }

  private Calibration calibrated(Interactions others) {
    double[] predicted = new double[others.size()];
    boolean[] liked = new boolean[others.size()];
    for (int user = 0; user < users.length; user++) {
      for (int at = others.rowStart(user); at < others.rowStart(user + 1); at++) {
        predicted[at] = rating(user, others.rowItem(at));
        liked[at] = scale.isPositive(others.rowStrength(at));
      }
    }
    return Calibration.fit(predicted, liked);
  }

  /**
   * Likings of the same users for items of which this share of the variance is explained by their
   * words, and the rest by nothing that is known of them: each item's {@code [q; b]} is taken apart
   * into what items of the same words have on average (itself left out) and the rest; the one is
   * put together with the rest of another item at random, with the square roots of the shares, each
   * brought to the variance of the whole. Nothing that was said stands then, as it would bring its
   * own content along.
   *
   * @param strength in [0, 1]; with 0 nothing can be told from content
   * @param seed of who has whose rest
   */
  Likings withContent(Map<ItemId, CatalogueItem> catalogue, double strength, long seed) {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("strength of content must be in [0, 1], was " + strength);
    }
    int length = items[0].length;
    float[] centre = centre();
    double[][] explained = explained(catalogue, centre);
    double[] whole = new double[length];
    double[] byWords = new double[length];
    double[] byRest = new double[length];
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < length; j++) {
        double all = items[i][j] - centre[j];
        double rest = all - explained[i][j];
        whole[j] += all * all;
        byWords[j] += explained[i][j] * explained[i][j];
        byRest[j] += rest * rest;
      }
    }
    int[] from =
        Orders.shuffled(IntStream.range(0, items.length).toArray(), new SplittableRandom(seed));
    float[][] made = new float[items.length][length];
    for (int j = 0; j < length; j++) {
      double words = byWords[j] > 0 ? Math.sqrt(strength * whole[j] / byWords[j]) : 0;
      double rest = byRest[j] > 0 ? Math.sqrt((1 - strength) * whole[j] / byRest[j]) : 0;
      for (int i = 0; i < items.length; i++) {
        double others = items[from[i]][j] - centre[j] - explained[from[i]][j];
        made[i][j] = (float) (centre[j] + words * explained[i][j] + rest * others);
      }
    }
    return new Likings(said, scale, false, calibration, mean, users, biases, made);
  }

  private float[] centre() {
    float[] centre = new float[items[0].length];
    for (float[] item : items) {
      for (int j = 0; j < centre.length; j++) {
        centre[j] += item[j] / items.length;
      }
    }
    return centre;
  }

  /** Mean over an item's words of the shrunken mean of the other items that have them. */
  private double[][] explained(Map<ItemId, CatalogueItem> catalogue, float[] centre) {
    ItemDictionary ids = said.items();
    Map<String, WordSum> sums = new HashMap<>();
    for (int i = 0; i < items.length; i++) {
      for (String word : words(catalogue, ids.get(i))) {
        sums.computeIfAbsent(word, w -> new WordSum(centre)).add(items[i]);
      }
    }
    double[][] explained = new double[items.length][centre.length];
    for (int i = 0; i < items.length; i++) {
      Set<String> words = words(catalogue, ids.get(i));
      for (String word : words) {
        WordSum sum = sums.computeIfAbsent(word, w -> new WordSum(centre));
        for (int j = 0; j < centre.length; j++) {
          explained[i][j] += sum.meanWithout(items[i], j) / words.size();
        }
      }
    }
    return explained;
  }

  /** The items that have a word. */
  private static final class WordSum {
    private final float[] centre;
    private final double[] sum;
    private int items;

    WordSum(float[] centre) {
      this.centre = centre;
      this.sum = new double[centre.length];
    }

    void add(float[] item) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += item[j] - centre[j];
      }
      items++;
    }

    /** Shrunken mean of the others, of one component. */
    double meanWithout(float[] item, int j) {
      return (sum[j] - (item[j] - centre[j])) / (items - 1 + SHRINKAGE);
    }
  }

  private static Set<String> words(Map<ItemId, CatalogueItem> catalogue, ItemId item) {
    CatalogueItem described = catalogue.get(item);
    return described == null ? Set.of() : ItemWords.of(described);
  }

  private double rating(int user, int item) {
    double rating = mean + biases[user] + items[item][users[user].length];
    for (int j = 0; j < users[user].length; j++) {
      rating += users[user][j] * items[item][j];
    }
    return rating;
  }

  /** In (0, 1), or 0 or 1 where it was said. */
  double chance(int user, int item) {
    if (asSaid) {
      for (int at = said.rowStart(user); at < said.rowStart(user + 1); at++) {
        if (said.rowItem(at) == item) {
          return scale.isPositive(said.rowStrength(at)) ? 1 : 0;
        }
      }
    }
    return calibration.chance(rating(user, item));
  }
}
