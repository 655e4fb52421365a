package dev.thaw.models.sequential.training;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.sequential.LikedSequences;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Users who mostly go from an item to the one that always follows it, each item once. */
public final class PlantedChain {
  static final int ITEMS = 40;
  static final double FOLLOWED = 0.9;
  public static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private PlantedChain() {}

  /** What follows an item: far from it by number, in one ring of all. */
  static int next(int item) {
    return (item + 17) % ITEMS;
  }

  static LikedSequences data(int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return LikedSequences.of(likes(users, random), SCALE, random);
  }

  /** Twelve likes a user. */
  public static Interactions likes(int users, SplittableRandom random) {
    InteractionsBuilder all = Interactions.builder(DomainId.of("films"));
    for (int user = 0; user < users; user++) {
      BitSet had = new BitSet();
      int item = random.nextInt(ITEMS);
      for (int place = 0; place < 12; place++) {
        had.set(item);
        all.add(UserId.of("u" + user), id(item), 5, place);
        int follows = next(item);
        item = random.nextDouble() < FOLLOWED ? follows : random.nextInt(ITEMS);
        while (had.get(item)) {
          item = random.nextInt(ITEMS);
        }
      }
    }
    return all.build();
  }

  static ItemId id(int item) {
    return ItemId.of("i%02d".formatted(item));
  }

  /** Oldest first. */
  static History history(List<Integer> items) {
    List<History.Entry> entries = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      entries.add(new History.Entry(id(items.get(i)), 5, i));
    }
    Collections.reverse(entries);
    return new History(entries.size(), entries);
  }
}
