package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FoldedItem;
import dev.thaw.models.factors.ItemFoldIn;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.RowTasks;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says where an item stands between what it is and who likes it: folded in around its projection
 * while it is new, at what the factors learned once it has been there for all of the domain's life.
 * The one arithmetic of the job that builds the index and of the evaluation. Immutable,
 * thread-safe.
 */
public final class ItemPlacer {
  private final FactorModel factors;
  private final ItemFoldIn foldIn;
  private final PriorStrength strength;

  private ItemPlacer(FactorModel factors, ItemFoldIn foldIn, PriorStrength strength) {
    this.factors = factors;
    this.foldIn = foldIn;
    this.strength = strength;
  }

  /**
   * @param likes of which the factors were trained; users are named by their numbers there
   * @param strength of the projection as prior mean
   * @param threads change nothing but the time
   */
  public static ItemPlacer of(
      FactorModel factors, Interactions likes, PriorStrength strength, int threads) {
    return new ItemPlacer(factors, ItemFoldIn.of(factors, likes, threads), strength);
  }

  ItemPlacer with(PriorStrength other) {
    return new ItemPlacer(factors, foldIn, other);
  }

  /**
   * An item that has just come and of which the factors know nothing. How many of its users have
   * met it follows from how long it has been there; without times from how many the projected
   * vector expects.
   *
   * @param likedBy numbers of users
   */
  public FoldedItem place(Projected projected, Seen seen, int... likedBy) {
    float[] vector = projected.vector();
    int n = likedBy.length;
    if (n == 0) {
      return foldIn.around(vector, strength.value(), 1);
    }
    if (!seen.isTimed()) {
      double expected = Math.max(n, foldIn.expectedLikes(vector));
      return foldIn.around(vector, strength.value(), n / expected, likedBy);
    }
    double expected = Math.max(n, seen.expected(projected.likes()));
    return foldIn
        .around(vector, strength.value(), n / expected, likedBy)
        .scaled(Math.pow(expected / projected.likes(), strength.power()));
  }

  /**
   * Every item of the likes that can be projected and that the factors know.
   *
   * @param likes of which the factors were trained
   * @param projection null for items without a record
   */
  PlacedItems all(
      Interactions likes, Function<ItemId, @Nullable Projected> projection, int threads) {
    Exposure exposure = Exposure.of(likes);
    ConcurrentHashMap<ItemId, PlacedItems.Placed> placed = new ConcurrentHashMap<>();
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          likes.items().size(),
          () -> placed,
          (into, number) -> {
            ItemId item = likes.items().get(number);
            @Nullable Projected projected = projection.apply(item);
            if (projected != null && factors.items().indexOf(item) >= 0) {
              FoldedItem place =
                  place(
                      likes, number, projected, exposure.seen(number, likes.columnLength(number)));
              into.put(item, new PlacedItems.Placed(place, projected.vector()));
            }
          });
    }
    return PlacedItems.of(strength, factors.rank(), placed);
  }

  /**
   * An item that the factors were trained on.
   *
   * @param number of the item in the likes
   */
  private FoldedItem place(Interactions likes, int number, Projected projected, Seen seen) {
    int[] likedBy = likedBy(likes, number);
    float[] learned = factors.indexVector(likes.items().get(number));
    FoldedItem place = place(projected, seen, likedBy);
    return learned == null || likedBy.length == 0 ? place : place.towards(learned, seen.share());
  }

  private static int[] likedBy(Interactions likes, int number) {
    int[] users = new int[likes.columnLength(number)];
    for (int i = 0; i < users.length; i++) {
      users[i] = likes.columnUser(likes.columnStart(number) + i);
    }
    return users;
  }

  /**
   * Where a projection should put an item that the factors know, of length d + 1.
   *
   * @param ridge 1: where the factors have it; less: see {@link ItemFoldIn#leastSquares}
   */
  float[] target(Interactions likes, int number, double ridge) {
    float[] learned = ridge < 1 ? null : factors.indexVector(likes.items().get(number));
    return learned == null ? foldIn.leastSquares(ridge, likedBy(likes, number)) : learned;
  }
}
