package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.projection.ProjectionData;
import dev.thaw.models.projection.ProjectionTrainer;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a system knows that has never seen some of the items: factors and a projection of content
 * into them, trained on likes of the other items (the half of the ratings that the world is not
 * made of), users who fold in by these, and for each new item two vectors, one from its content and
 * one from that of another new item at random, so that both kinds are spread alike. Immutable,
 * thread-safe.
 */
final class KnownSide {
  private static final double NEW = 0.2;

  private final Interactions known;
  private final float[][] places;
  private final int[] fresh;
  private final int[] users;
  private final float[][] queries;
  private final float[][] seeded;

  private KnownSide(
      Interactions known,
      float[][] places,
      int[] fresh,
      int[] users,
      float[][] queries,
      float[][] seeded) {
    this.known = known;
    this.places = places;
    this.fresh = fresh;
    this.users = users;
    this.queries = queries;
    this.seeded = seeded;
  }

  /**
   * @param known ratings to learn from
   * @param catalogue items that have a record may be new ones
   * @return empty if too few items or users are left to learn from
   */
  static Optional<KnownSide> learn(
      Interactions known,
      RatingScale scale,
      Map<ItemId, CatalogueItem> catalogue,
      int threads,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> described =
        IntStream.range(0, known.items().size())
            .filter(item -> catalogue.containsKey(known.items().get(item)))
            .boxed()
            .toList();
    BitSet drawn = new BitSet();
    Shuffled.of(described, random).subList(0, (int) (NEW * described.size())).forEach(drawn::set);
    int[] fresh = drawn.stream().toArray();
    Interactions likes = known.where(scale::isPositive).ofItems(item -> !drawn.get(item));
    int[] users =
        IntStream.range(0, likes.users().size()).filter(u -> likes.rowLength(u) > 0).toArray();
    boolean describes =
        IntStream.range(0, likes.items().size())
            .anyMatch(
                i -> likes.columnLength(i) > 0 && catalogue.containsKey(likes.items().get(i)));
    if (fresh.length < 2 || users.length == 0 || !describes) {
      return Optional.empty();
    }
    FactorModel factors =
        FactorTrainers.implicitAls(
                ImplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
            .fit(likes, random.split());
    Projection projection =
        new ProjectionTrainer(threads)
            .fit(new ProjectionData(likes, factors, catalogue, Map.of()), random.split());
    List<float[]> seeded = new ArrayList<>();
    for (int item : fresh) {
      seeded.add(
          projection.project(Objects.requireNonNull(catalogue.get(known.items().get(item))), null));
    }
    float[][] queries = new float[users.length][];
    for (int u = 0; u < users.length; u++) {
      queries[u] = factors.foldIn(likes.history(users[u])).query();
    }
    return Optional.of(
        new KnownSide(
            known,
            IntStream.range(0, known.items().size())
                .mapToObj(factors::indexVector)
                .toArray(float[][]::new),
            fresh,
            users,
            queries,
            seeded.toArray(float[][]::new)));
  }

  /** Numbers of the new items, as the ratings have them. */
  int[] fresh() {
    return fresh.clone();
  }

  /** Users who may visit. */
  int visitors() {
    return users.length;
  }

  /** Number of a visitor, as the ratings have it. */
  int user(int visitor) {
    return users[visitor];
  }

  /**
   * What the system expects of showing a visitor an item with the content of a new one; only its
   * order means something.
   *
   * @param item 0 to the number of new items
   */
  float score(int visitor, int item) {
    float[] query = queries[visitor];
    return InnerProduct.of(query, seeded[item], query.length);
  }

  /** Id of an item by its number in the ratings. */
  ItemId id(int item) {
    return known.items().get(item);
  }

  /** d, components of a place without its bias. */
  int rank() {
    return seeded[0].length - 1;
  }

  /**
   * {@code [q; b]} where content places a new item, of length d + 1; not copied.
   *
   * @param item 0 to the number of new items
   */
  float[] seeded(int item) {
    return seeded[item];
  }

  /**
   * The same of an item that was trained on; not copied.
   *
   * @param item as the ratings number it
   */
  float[] place(int item) {
    return places[item];
  }

  /** Number of items, new ones included. */
  int items() {
    return places.length;
  }

  /**
   * What is expected of the items that were trained on; only its order means something.
   *
   * @param out by number as the ratings have them; nothing that means anything for new ones
   */
  void score(int visitor, float[] out) {
    float[] query = queries[visitor];
    for (int item = 0; item < out.length; item++) {
      out[item] = InnerProduct.of(query, places[item], query.length);
    }
  }

  /** Whether the visitor is known to have met an item: nobody is shown what they know. */
  BitSet met(int visitor) {
    BitSet met = new BitSet();
    int user = users[visitor];
    for (int at = known.rowStart(user); at < known.rowStart(user + 1); at++) {
      met.set(known.rowItem(at));
    }
    return met;
  }
}
