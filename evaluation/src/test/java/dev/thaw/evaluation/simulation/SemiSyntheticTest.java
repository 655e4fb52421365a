package dev.thaw.evaluation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.simulation.FirstWeekStudy.Assuming;
import dev.thaw.evaluation.simulation.FirstWeekStudy.Seeding;
import dev.thaw.evaluation.simulation.FirstWeekStudy.Showing;
import dev.thaw.evaluation.simulation.SemiSynthetic.Exploring;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bandit.NearestArms;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SemiSyntheticTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final int GENRES = 4;
  private static final int ITEMS = 160;
  private static final int USERS = 400;

  private static final Map<ItemId, CatalogueItem> CATALOGUE = new HashMap<>();
  private static Interactions ratings;
  private static SemiSynthetic world;

  /** Users give fives to one genre and ones to the others. */
  @BeforeAll
  static void learn() {
    SplittableRandom random = new SplittableRandom(3);
    InteractionsBuilder all = Interactions.builder(MOVIES);
    for (int i = 0; i < ITEMS; i++) {
      ItemId item = new ItemId("i" + i);
      CATALOGUE.put(
          item,
          new CatalogueItem(
              item,
              MOVIES,
              "",
              "",
              List.of("genre-" + i % GENRES),
              Map.of(),
              "",
              true,
              Instant.EPOCH));
    }
    for (int u = 0; u < USERS; u++) {
      for (int n = 0; n < 80; n++) {
        int item = random.nextInt(ITEMS);
        all.add(
            new UserId("u" + u), new ItemId("i" + item), item % GENRES == u % GENRES ? 5 : 1, n);
      }
    }
    ratings = all.build();
    world = SemiSynthetic.learn(ratings, STARS, CATALOGUE, 1, 4, 5, learned -> {}).orElseThrow();
  }

  private static Seeding firstWeek(OptionalDouble strength) {
    return world.firstWeeks().seeding(strength, Showing.GREEDY);
  }

  @Test
  void whereContentSaysWhoLikesWhatStartingFromItPays() {
    Seeding seeding = firstWeek(OptionalDouble.empty());
    assertThat(seeding.lift().low()).isGreaterThan(0.05);
    assertThat(seeding.lift().mean())
        .isCloseTo(seeding.content().mean() / seeding.other().mean() - 1, within(1e-9));
  }

  @Test
  void whereContentSaysNothingItDoesNot() {
    Seeding explained = firstWeek(OptionalDouble.of(1));
    Seeding nothing = firstWeek(OptionalDouble.of(0));
    assertThat(explained.lift().low()).isGreaterThan(0.05);
    assertThat(nothing.lift().mean()).isBetween(-0.1, 0.1).isLessThan(explained.lift().low());
  }

  @Test
  void whereOneCategoryIsLikedByAllItsPriorPays() {
    List<Assuming> priors =
        SemiSynthetic.learn(popular(), STARS, CATALOGUE, 1, 4, 5, learned -> {})
            .orElseThrow()
            .firstWeeks()
            .assuming(OptionalDouble.empty(), Showing.THOMPSON);
    assertThat(priors).extracting(Assuming::priors).containsExactly(NewItemPriors.values());
    assertThat(priors.get(NewItemPriors.CATEGORY.ordinal()).gain().low()).isPositive();
  }

  @Test
  void whereOneCategoryIsLikedByAllItsPriorSaysSo() {
    Halves halves = Halves.of(popular(), 2);
    KnownSide known = KnownSide.learn(halves.known(), STARS, CATALOGUE, 1, 6).orElseThrow();
    Likings likings = Likings.learn(halves, STARS, 4);
    double[] rates =
        NewItemPriors.CATEGORY.rates(likings, known, CATALOGUE, 0.05, 0.2, new SplittableRandom(1));
    for (int i = 0; i < rates.length; i++) {
      boolean liked = genre(known, known.fresh()[i]) == 0;
      assertThat(rates[i]).isBetween(liked ? 0.1 : 0, liked ? 0.2 : 0.06);
    }
  }

  private static int genre(KnownSide known, int item) {
    return genre(known.id(item));
  }

  private static int genre(ItemId item) {
    return Integer.parseInt(item.value().substring(1)) % GENRES;
  }

  @Test
  void newItemsAreNearestToThoseThatTheSameUsersLike() {
    KnownSide known =
        KnownSide.learn(Halves.of(ratings, 2).known(), STARS, CATALOGUE, 1, 6).orElseThrow();
    Set<Integer> fresh = Arrays.stream(known.fresh()).boxed().collect(Collectors.toSet());
    TreeMap<ItemId, float[]> trained = new TreeMap<>();
    IntStream.range(0, known.items())
        .filter(item -> !fresh.contains(item))
        .forEach(item -> trained.put(known.id(item), known.place(item)));
    NearestArms arms = NearestArms.of(known.rank(), trained);
    for (int i = 0; i < known.fresh().length; i++) {
      int item = known.fresh()[i];
      assertThat(arms.of(known.id(item), known.seeded(i), 10))
          .hasSize(10)
          .allSatisfy(near -> assertThat(genre(near.arm())).isEqualTo(genre(known.id(item))));
    }
  }

  /** Nine in ten like what is of the first genre, one in ten what is of another. */
  private static Interactions popular() {
    SplittableRandom random = new SplittableRandom(4);
    InteractionsBuilder all = Interactions.builder(MOVIES);
    for (int u = 0; u < USERS; u++) {
      for (int n = 0; n < 80; n++) {
        int item = random.nextInt(ITEMS);
        boolean likes = random.nextDouble() < (item % GENRES == 0 ? 0.9 : 0.1);
        all.add(new UserId("u" + u), new ItemId("i" + item), likes ? 5 : 1, n);
      }
    }
    return all.build();
  }

  @Test
  void withoutExploringSlotsNoNewItemIsEverShown() {
    Halves halves = Halves.of(ratings, 2);
    ExploringSlots pages =
        new ExploringSlots(
            Likings.learn(halves, STARS, 4),
            KnownSide.learn(halves.known(), STARS, CATALOGUE, 1, 6).orElseThrow(),
            8,
            60);
    assertThat(pages.run(0, true, 7)).isEqualTo(pages.run(0, false, 7)).hasSize(8);
    assertThat(pages.run(2, true, 7)).isNotEqualTo(pages.run(2, false, 7));
    // half look at the first slot, and 15 % fewer at each further one
    for (double day : pages.run(1, true, 7)) {
      assertThat(day).isBetween(0.1, 2.7);
    }
  }

  @Test
  void whatExploringIsWorthIsMeasuredAgainstBothControls() {
    List<Exploring> pages = world.exploring(20);
    assertThat(pages).extracting(Exploring::slots).containsExactly(1, 2);
    for (Exploring page : pages) {
      assertThat(page.engagement().low()).isPositive();
      assertThat(page.gain().users()).isEqualTo(4);
      assertThat(page.gain().mean()).isNotEqualTo(page.ofNewItems().mean());
      assertThat(page.breakEven()).isBetween(0, 28);
    }
  }

  @Test
  void halvesShareNothingAndNumbersAlike() {
    Halves halves = Halves.of(ratings, 2);
    assertThat(halves.truth().size() + halves.known().size()).isEqualTo(ratings.size());
    assertThat(halves.truth().size()).isBetween(ratings.size() * 4 / 10, ratings.size() * 6 / 10);
    assertThat(halves.truth().items()).isEqualTo(ratings.items());
    assertThat(halves.known().users()).isEqualTo(ratings.users());
    for (int user = 0; user < USERS; user++) {
      List<Integer> items = new ArrayList<>();
      for (Interactions half : List.of(halves.truth(), halves.known())) {
        for (int at = half.rowStart(user); at < half.rowStart(user + 1); at++) {
          items.add(half.rowItem(at));
        }
      }
      assertThat(items).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatWasSaidStandsAndTheRestIsExpected() {
    Halves halves = Halves.of(ratings, 2);
    Likings likings = Likings.learn(halves, STARS, 4);
    double own = 0;
    double others = 0;
    for (int user = 0; user < USERS; user++) {
      int genre = Integer.parseInt(ratings.users().get(user).value().substring(1)) % GENRES;
      for (int item = 0; item < ITEMS; item++) {
        boolean likes =
            Integer.parseInt(ratings.items().get(item).value().substring(1)) % GENRES == genre;
        double chance = likings.chance(user, item);
        boolean said = false;
        for (int at = halves.truth().rowStart(user); at < halves.truth().rowStart(user + 1); at++) {
          said |= halves.truth().rowItem(at) == item;
        }
        if (said) {
          assertThat(chance).isEqualTo(likes ? 1 : 0);
        } else {
          assertThat(chance).isStrictlyBetween(0.0, 1.0);
          own += likes ? chance / USERS : 0;
          others += likes ? 0 : chance / USERS / (GENRES - 1);
        }
      }
    }
    assertThat(own).isGreaterThan(2 * others);
    assertThatThrownBy(() -> likings.withContent(CATALOGUE, 1.5, 1))
        .hasMessage("strength of content must be in [0, 1], was 1.5");
  }

  @Test
  void calibratedChancesAreThoseOfTheSample() {
    SplittableRandom random = new SplittableRandom(9);
    double[] predicted = random.doubles(20_000, 1, 5).toArray();
    boolean[] liked = new boolean[predicted.length];
    for (int i = 0; i < liked.length; i++) {
      liked[i] = random.nextDouble() < Calibration.logistic(1.5 * (predicted[i] - 3.5));
    }
    Calibration calibration = Calibration.fit(predicted, liked);
    for (double at : new double[] {2, 3.5, 4.5}) {
      assertThat(calibration.chance(at))
          .isCloseTo(Calibration.logistic(1.5 * (at - 3.5)), within(0.02));
    }
    // told apart without fault
    assertThat(Calibration.fit(new double[] {1, 2, 3, 4}, new boolean[] {false, false, true, true}))
        .satisfies(each -> assertThat(each.chance(4)).isBetween(0.6, 1.0));
  }

  @Test
  void thereIsNoWorldWhereNothingIsDescribed() {
    assertThat(SemiSynthetic.learn(ratings, STARS, Map.of(), 1, 1, 5, learned -> {})).isEmpty();
    assertThat(
            SemiSynthetic.learn(
                Interactions.builder(MOVIES).addItem(new ItemId("i1")).build(),
                STARS,
                CATALOGUE,
                1,
                1,
                5,
                learned -> {}))
        .isEmpty();
  }
}
