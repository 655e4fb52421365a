package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Items to ask a newcomer about. MeLU, Lee et al., KDD 2019, section 3.3: by how much one rating of
 * the item moves what adapts (norm of the gradient, mean over users who rated it) times how many
 * rated it, each brought to [0, 1].
 */
public final class EvidenceCandidates {
  /** Whoever is asked about items that fewer have rated does not know them. */
  private static final int MAX_ITEMS = 2_000;

  /** Users of an item that its mean gradient is taken over, the first by number. */
  private static final int MAX_USERS = 100;

  private EvidenceCandidates() {}

  /**
   * @param gradientNorm mean over users, of the loss of the one rating
   * @param ratings number of users who rated it
   * @param score product of both, each scaled to [0, 1] over the catalogue
   */
  public record Candidate(ItemId item, double gradientNorm, int ratings, double score) {}

  /**
   * The items that somebody rated, of more than {@value #MAX_ITEMS} the most rated, best first; of
   * equal ones the first by id. O({@value #MAX_ITEMS} * {@value #MAX_USERS} * parameters).
   *
   * @param data whose items are the model's
   */
  public static List<Candidate> rank(MetaModel model, MetaData data) {
    Interactions ratings = data.ratings();
    if (!ratings.items().equals(model.items())) {
      throw new IllegalArgumentException(
          "ratings must have the " + model.items() + " of the model, had " + ratings.items());
    }
    List<Candidate> measured = new ArrayList<>();
    for (int item : mostRated(ratings)) {
      measured.add(
          new Candidate(
              ratings.items().get(item),
              meanNorm(model, data, item),
              ratings.columnLength(item),
              0));
    }
    return measured.isEmpty() ? measured : scored(measured);
  }

  private static int[] mostRated(Interactions ratings) {
    float[] counts = new float[ratings.items().size()];
    for (int item = 0; item < counts.length; item++) {
      counts[item] = ratings.columnLength(item);
    }
    return TopItems.of(counts, MAX_ITEMS, item -> counts[item] > 0);
  }

  private static List<Candidate> scored(List<Candidate> measured) {
    double[] norms = measured.stream().mapToDouble(Candidate::gradientNorm).sorted().toArray();
    double[] counts = measured.stream().mapToDouble(Candidate::ratings).sorted().toArray();
    return measured.stream()
        .map(
            each ->
                new Candidate(
                    each.item,
                    each.gradientNorm,
                    each.ratings,
                    scaled(each.gradientNorm, norms) * scaled(each.ratings, counts)))
        .sorted(
            Comparator.comparingDouble((Candidate each) -> -each.score)
                .thenComparing(Candidate::item))
        .toList();
  }

  private static double scaled(double value, double[] sorted) {
    double least = sorted[0];
    double range = sorted[sorted.length - 1] - least;
    return range > 0 ? (value - least) / range : 1;
  }

  /** The user is met as a newcomer: nothing but the profile is known before the rating. */
  private static double meanNorm(MetaModel model, MetaData data, int item) {
    Interactions ratings = data.ratings();
    MetaNetwork network = model.network();
    Adaptation adaptation = new Adaptation(network.shape(), model.inner());
    UserVector nobody = model.base().user(History.EMPTY);
    double expected = model.base().rating(nobody, item);
    double[] theta = network.theta();
    int users = Math.min(MAX_USERS, ratings.columnLength(item));
    double sum = 0;
    for (int i = 0; i < users; i++) {
      int at = ratings.columnStart(item) + i;
      Inputs in =
          network.inputs(
              data.profiles().get(ratings.users().get(ratings.columnUser(at))), new int[] {item});
      double target = (ratings.columnStrength(at) - expected) / model.unit();
      double[] gradient = adaptation.gradient(theta, in, new double[] {target});
      sum += Math.sqrt(Dot.of(gradient, 0, gradient, 0, gradient.length));
    }
    return sum / users;
  }
}
