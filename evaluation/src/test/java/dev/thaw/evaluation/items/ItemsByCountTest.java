package dev.thaw.evaluation.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.Evaluation.Outcome;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemsByCountTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final int ITEMS = 160;
  private static final HeldOut FIFTH = new HeldOut.Drawn(0.2);
  private static final ItemsByCount PROTOCOL =
      new ItemsByCount(List.of(0, 3, 10), FIFTH, 320, 2, 5);

  private static Interactions likes;
  private static Map<ItemId, CatalogueItem> catalogue;
  private static Figures figures;

  /**
   * Users like one of four genres, and of it one of four styles that no record tells: content finds
   * the genre, only who likes an item tells its style.
   */
  @BeforeAll
  static void measure() {
    SplittableRandom random = new SplittableRandom(6);
    InteractionsBuilder builder = Interactions.builder(MOVIES);
    catalogue = new HashMap<>();
    for (int n = 0; n < ITEMS; n++) {
      ItemId id = item(n);
      builder.addItem(id);
      catalogue.put(
          id,
          new CatalogueItem(
              id, MOVIES, "", "", List.of("genre" + n % 4), Map.of(), true, Instant.EPOCH));
    }
    for (int u = 0; u < 320; u++) {
      int taste = random.nextInt(16);
      for (int n = 0; n < 12; n++) {
        builder.add(user(u), item(16 * random.nextInt(ITEMS / 16) + taste), 5);
      }
      builder.add(user(u), item(random.nextInt(ITEMS)), 1);
    }
    likes = builder.build();
    Outcome outcome = PROTOCOL.measure(likes, SCALE, catalogue, Map.of(), (part, done, of) -> {});
    figures = new Evaluation(List.of(), 1, 5).figures(outcome);
  }

  private static ItemId item(int number) {
    return new ItemId("i%03d".formatted(number));
  }

  private static UserId user(int number) {
    return new UserId("u%03d".formatted(number));
  }

  private static double ndcg(String method, int count) {
    return ndcg(figures, method, count);
  }

  private static double ndcg(Figures figures, String method, int count) {
    return figures.rankings().stream()
        .filter(row -> row.method().equals(method) && row.k() == count)
        .findFirst()
        .orElseThrow()
        .ndcg10()
        .mean();
  }

  private static double fixed(String method, int count) {
    return figures.curve().stream()
        .filter(row -> row.method().equals(method) && row.k() == count)
        .findFirst()
        .orElseThrow()
        .ndcg10()
        .mean();
  }

  @Test
  void nothingOfANewItemIsTrainedOn() {
    NewItems items = NewItems.of(likes.where(SCALE::isPositive), FIFTH, 5);
    assertThat(items.size()).isEqualTo(ITEMS / 5);
    for (int i = 0; i < items.size(); i++) {
      int number = likes.items().indexOf(items.id(i));
      assertThat(items.training().columnLength(number)).isZero();
      assertThat(items.likes(i)).isEqualTo(likes.where(SCALE::isPositive).columnLength(number));
    }
  }

  @Test
  void whatIsKnownGrowsFromTheSameBeginningToHalfOfTheLikes() {
    NewItems items = NewItems.of(likes.where(SCALE::isPositive), FIFTH, 5);
    for (int i = 0; i < items.size(); i++) {
      int[] three = items.knownUsers(i, 3);
      assertThat(items.knownUsers(i, 10)).startsWith(three);
      assertThat(items.knownUsers(i, 1_000)).hasSize(items.likes(i) / 2);
      assertThat(Arrays.equals(items.likedBy(i), IntStream.of(items.likedBy(i)).sorted().toArray()))
          .as("in no order of the ids")
          .isFalse();
    }
  }

  @Test
  void contentTellsTheGenreOfAnItemThatNobodyKnowsYet() {
    assertThat(ndcg("projection", 0)).isGreaterThan(ndcg("random", 0) + 0.1);
    assertThat(ndcg("index", 0)).isEqualTo(ndcg("projection", 0));
    assertThat(ndcg("gate 50/500", 0)).isEqualTo(ndcg("projection", 0));
    assertThat(ndcg("known popularity", 0)).as("nothing is known").isEqualTo(ndcg("random", 0));
  }

  @Test
  void whoLikesAnItemTellsWhatContentDoesNot() {
    assertThat(fixed("item fold-in", 10)).isGreaterThan(fixed("projection", 10) + 0.05);
    assertThat(fixed("index", 10)).isGreaterThan(fixed("index", 0) + 0.05);
    assertThat(fixed("learned gate", 10))
        .as("among the gates to choose from are some like the fixed one; other items chose")
        .isGreaterThan(fixed("gate 50/500", 10) - 0.01);
    assertThat(fixed("projection", 10)).as("it hears of no like").isEqualTo(fixed("projection", 0));
    assertThat(fixed("learned gate", 10)).isGreaterThan(fixed("learned gate", 3));
  }

  /**
   * All items are alike but for how many like them, which nothing tells at first; each like has its
   * time, those of an item at its own pace.
   */
  @Test
  void howFastLikesComeTellsWhichNewItemsAreLikedByMany() {
    SplittableRandom random = new SplittableRandom(3);
    InteractionsBuilder builder = Interactions.builder(MOVIES);
    for (int n = 0; n < ITEMS; n++) {
      int fans = 8 << (n % 5);
      for (int fan = 0; fan < fans; fan++) {
        builder.add(user(random.nextInt(400)), item(n), 5, random.nextInt(1, 1_000_000));
      }
    }
    Outcome outcome =
        new ItemsByCount(List.of(0, 3), FIFTH, 300, 2, 5)
            .measure(builder.build(), SCALE, catalogue, Map.of(), (part, done, of) -> {});
    Figures paced = new Evaluation(List.of(), 1, 5).figures(outcome);
    assertThat(ndcg(paced, "expected likes", 3))
        .isGreaterThan(ndcg(paced, "expected likes", 0) + 0.1);
    assertThat(ndcg(paced, "index", 3))
        .isGreaterThan(ndcg(paced, "index", 0) + 0.1)
        .isGreaterThan(ndcg(paced, "gate 50/500", 3) + 0.1);
  }

  @Test
  void whereHardlyAnyItemHasAttributesTheNetworkIsPassedOverWithTheReason() {
    assertThat(figures.rankings()).anyMatch(row -> row.method().equals("tabular network"));
    assertThat(figures.skipped()).isEmpty();
    Map<ItemId, CatalogueItem> silent = new HashMap<>();
    catalogue
        .values()
        .forEach(
            item ->
                silent.put(
                    item.itemId(),
                    new CatalogueItem(
                        item.itemId(),
                        MOVIES,
                        "",
                        "",
                        silent.size() < 5 ? item.categories() : List.of(),
                        Map.of(),
                        true,
                        Instant.EPOCH)));
    Outcome outcome =
        new ItemsByCount(List.of(0), FIFTH, 20, 2, 5)
            .measure(likes, SCALE, silent, Map.of(), (part, done, of) -> {});
    assertThat(outcome.skipped())
        .hasEntrySatisfying(
            "tabular network",
            why ->
                assertThat(why)
                    .startsWith("needs 10 items with factors and attributes or categories"));
    assertThat(new Evaluation(List.of(), 1, 5).figures(outcome).rankings())
        .noneMatch(row -> row.method().equals("tabular network"))
        .anyMatch(row -> row.method().equals("projection"));
  }

  @Test
  void theSplitSaysWhoBecomesKnownWhen(@TempDir Path folder) throws IOException {
    PROTOCOL.writeSplit(likes, SCALE, folder);
    List<String> rows = Files.readAllLines(folder.resolve("new_items.tsv"));
    assertThat(rows.get(0)).isEqualTo("item\tuser\trank\tpart");
    assertThat(rows.get(1)).matches("i\\d+\tu\\d+\t1\tsupport");
    int trained = Files.readAllLines(folder.resolve("train.tsv")).size() - 1;
    assertThat(trained + rows.size() - 1).isEqualTo(likes.where(SCALE::isPositive).size());
  }

  @Test
  void aWrittenSplitNamesTheItemsOfAnotherRun(@TempDir Path folder) throws IOException {
    PROTOCOL.writeSplit(likes, SCALE, folder);
    HeldOut named = HeldOut.Named.read(folder.resolve("new_items.tsv"));
    assertThat(named.of(likes, 1)).containsExactly(FIFTH.of(likes, 5)).hasSize(ITEMS / 5);
    assertThat(new ItemsByCount(List.of(0), named, 320, 1, 1).origin())
        .contains(ITEMS / 5 + " named ones");
  }

  @Test
  void namedItemsAreRankedThoughNobodyLikesThem(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("items.tsv"), "item\ni000\nunliked\ni000\n");
    Interactions all =
        Interactions.builder(MOVIES)
            .add(user(1), item(0), 5)
            .add(user(1), item(1), 5)
            .addItem(new ItemId("unliked"))
            .build();
    NewItems items = NewItems.of(all, HeldOut.Named.read(file), 1);
    assertThat(IntStream.range(0, items.size()).mapToObj(items::id))
        .containsExactly(item(0), new ItemId("unliked"));
    assertThat(items.training().size()).isEqualTo(1);
    NewItemsWriter.write(items, folder);
    assertThat(HeldOut.Named.read(folder.resolve("new_items.tsv")))
        .as("what nobody likes is in the written split, too")
        .isEqualTo(HeldOut.Named.read(file));
  }

  @Test
  void namesThatCannotBeHeldOutAreRefused(@TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.tsv"), "item\n");
    assertThatThrownBy(() -> HeldOut.Named.read(empty)).hasMessageContaining("names no item");
    Path other = Files.writeString(folder.resolve("other.tsv"), "user\nu1\n");
    assertThatThrownBy(() -> HeldOut.Named.read(other))
        .hasMessageContaining("no column item, it has [user]");
    Path unknown = Files.writeString(folder.resolve("unknown.tsv"), "item\nx9\n");
    HeldOut named = HeldOut.Named.read(unknown);
    assertThatThrownBy(() -> named.of(likes, 1))
        .hasMessage("new item \"x9\" is not in the domain movies");
    assertThat(named.obstacle(likes)).contains("none of the 1 named items is one of its items");
    assertThatThrownBy(() -> new HeldOut.Drawn(1)).hasMessageContaining("(0, 1), was 1.0");
  }

  @Test
  void withoutRecordsOrLikesThereIsAnObstacle() {
    assertThat(PROTOCOL.obstacle(likes, SCALE, Map.of()))
        .contains("there are no records of its items");
    Interactions none = Interactions.builder(MOVIES).add(user(1), item(1), 5).build();
    assertThat(PROTOCOL.obstacle(none, SCALE, catalogue).orElseThrow()).contains("0 held-out");
    assertThatThrownBy(() -> new ItemsByCount(List.of(-1), FIFTH, 1, 1, 1))
        .hasMessageContaining("[-1]");
  }
}
