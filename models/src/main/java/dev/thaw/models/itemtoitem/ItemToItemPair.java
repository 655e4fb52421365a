package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.Ranker;

/**
 * Two item-to-item models of one domain: one for short histories, where popularity has to help, and
 * one for longer ones, where a regression from all items may see what single pairs don't.
 * Immutable, thread-safe.
 *
 * @param few ranks histories of fewer than {@value #MANY_FROM} liked items
 * @param many ranks the others
 */
public record ItemToItemPair(ItemToItemModel few, ItemToItemModel many) implements Ranker {
  /** Halfway, in ratio, between the lengths that either is chosen on. */
  static final int MANY_FROM = 6;

  private static final int FORMAT = 1;

  public ItemToItemPair {
    if (!few.items().equals(many.items()) || !few.domain().equals(many.domain())) {
      throw new IllegalArgumentException(
          "models must be of the same items, were of " + few + " and " + many);
    }
  }

  /**
   * Counts the weights once where both share them.
   *
   * @param positives interactions that the users liked
   * @param threads change nothing but the time
   */
  public static ItemToItemPair fit(
      ItemToItemTuning.Choice choice, Interactions positives, RatingScale scale, int threads) {
    ItemToItemModel few = new ItemToItemTrainer(choice.few(), scale, threads).fit(positives);
    ItemToItemModel many =
        choice.few().sharesWeights(choice.many())
            ? few.with(choice.many().popularityWeight(), choice.many().historyPower())
            : new ItemToItemTrainer(choice.many(), scale, threads).fit(positives);
    return new ItemToItemPair(few, many);
  }

  public DomainId domain() {
    return few.domain();
  }

  /** Says which items of a history are liked. */
  public RatingScale scale() {
    return few.scale();
  }

  @Override
  public String name() {
    return "item-to-item";
  }

  @Override
  public ItemDictionary items() {
    return few.items();
  }

  /** Entries that {@link #score} sums over: liked ones of items that were trained on. */
  public int counted(History history) {
    return few.counted(history);
  }

  /** Whether an item was liked by anybody. */
  public boolean knows(int item) {
    return few.knows(item);
  }

  @Override
  public void score(History history, float[] out) {
    (counted(history) < MANY_FROM ? few : many).score(history, out);
  }

  /** All of both models; {@link #read} gives an equal pair. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT);
    few.write(out);
    many.write(out);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static ItemToItemPair read(BinaryReader in) {
    in.expect(FORMAT, "format");
    return new ItemToItemPair(ItemToItemModel.read(in), ItemToItemModel.read(in));
  }
}
