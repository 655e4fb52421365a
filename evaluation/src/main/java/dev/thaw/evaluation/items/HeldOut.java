package dev.thaw.evaluation.items;

import dev.thaw.evaluation.split.TsvRows;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which items of a domain are held out whole. */
public sealed interface HeldOut {

  /** Numbers, ascending. */
  int[] of(Interactions likes, long seed);

  /** Why none of a domain's items are held out; empty if some are. */
  default Optional<String> obstacle(Interactions likes) {
    return Optional.empty();
  }

  /** For a report. */
  String origin();

  /**
   * Drawn by the seed among the items that at least two users like.
   *
   * @param share of them, in (0, 1)
   */
  record Drawn(double share) implements HeldOut {
    public Drawn {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("share of items must be in (0, 1), was " + share);
      }
    }

    @Override
    public int[] of(Interactions likes, long seed) {
      List<Integer> able =
          IntStream.range(0, likes.items().size())
              .filter(item -> likes.columnLength(item) >= 2)
              .boxed()
              .toList();
      int wanted = (int) Math.round(able.size() * share);
      return Shuffled.of(able, new SplittableRandom(seed)).subList(0, wanted).stream()
          .mapToInt(item -> item)
          .sorted()
          .toArray();
    }

    @Override
    public String origin() {
      return "share " + share;
    }
  }

  /** As somebody else drew them; those that nobody likes are ranked, too. */
  record Named(Set<ItemId> items) implements HeldOut {
    public Named {
      items = Set.copyOf(items);
      if (items.isEmpty()) {
        throw new IllegalArgumentException("at least one new item must be named");
      }
    }

    /**
     * Reads the column {@code item} of a tab-separated file with a head line; an item may stand
     * there more than once, as in the {@code new_items.tsv} of a written split.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static Named read(Path file) throws IOException {
      Set<ItemId> items = new LinkedHashSet<>();
      TsvRows.read(file, row -> items.add(new ItemId(row.text("item"))));
      if (items.isEmpty()) {
        throw new IllegalArgumentException(file + " names no item");
      }
      return new Named(items);
    }

    @Override
    public int[] of(Interactions likes, long seed) {
      return items.stream().mapToInt(item -> number(likes, item)).sorted().toArray();
    }

    @Override
    public Optional<String> obstacle(Interactions likes) {
      return items.stream().allMatch(item -> likes.items().indexOf(item) < 0)
          ? Optional.of("none of the " + items.size() + " named items is one of its items")
          : Optional.empty();
    }

    private static int number(Interactions likes, ItemId item) {
      int number = likes.items().indexOf(item);
      if (number < 0) {
        throw new IllegalArgumentException(
            "new item \"" + item + "\" is not in the domain " + likes.domain());
      }
      return number;
    }

    @Override
    public String origin() {
      return items.size() + " named ones";
    }
  }
}
