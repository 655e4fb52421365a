package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A catalogue of themes and users who like a few of them, large and without words: what is measured
 * is the serving of it. The same seed gives the same world. A third of the users is known without
 * interactions ({@code cold-n}), a third has two ({@code few-n}), a third twenty-five ({@code
 * warm-n}).
 */
final class PlantedWorld {
  static final DomainId DOMAIN = DomainId.of("movies");
  static final int CONTENT_DIMENSION = 384;

  private static final int THEMES = 200;
  private static final int WARM = 25;
  private static final int AUDIENCE = 20_000;
  private static final double LIKED = 5;

  private final int items;
  private final long seed;
  private final float[][] centres;

  PlantedWorld(int items, long seed) {
    this.items = items;
    this.seed = seed;
    RandomGenerator random = new SplittableRandom(seed);
    this.centres = new float[THEMES][CONTENT_DIMENSION];
    for (float[] centre : centres) {
      fill(centre, random, 1);
    }
  }

  private static void fill(float[] vector, RandomGenerator random, double deviation) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] += (float) (deviation * random.nextGaussian());
    }
  }

  int items() {
    return items;
  }

  static ItemId item(int number) {
    return ItemId.of("i" + number);
  }

  private static int theme(int item) {
    return item % THEMES;
  }

  /** So many items, less those of an incomplete round of themes. */
  static int wholeThemes(int items) {
    return items / THEMES * THEMES;
  }

  /** An item of the first one's theme that is as far in the catalogue as the second one. */
  static int ofThemeOf(int item, int place) {
    return place / THEMES * THEMES + theme(item);
  }

  CatalogueItem record(int number, Instant time) {
    return new CatalogueItem(
        item(number),
        DOMAIN,
        "Item " + number,
        "",
        List.of("theme " + theme(number)),
        Map.of(),
        true,
        time);
  }

  /** Near its theme's centre; not normalised. */
  float[] content(int item) {
    float[] vector = centres[theme(item)].clone();
    fill(vector, random(item), 0.7);
    return vector;
  }

  /** The head has a thousand times the interactions of the tail, by Zipf's law. */
  int interactions(int item) {
    return 3 + (int) (3_000.0 / (1 + item));
  }

  /** What the models are trained on. */
  Interactions training() {
    InteractionsBuilder all = Interactions.builder(DOMAIN);
    for (int i = 0; i < items; i++) {
      RandomGenerator random = random(i);
      for (int n = interactions(i); n > 0; n--) {
        int user = random.nextInt(AUDIENCE / THEMES) * THEMES + theme(i);
        // one in five likes what is not of the user's theme
        int who = random.nextInt(5) == 0 ? random.nextInt(AUDIENCE) : user;
        all.add(UserId.of("trained-" + who), item(i), LIKED);
      }
    }
    return all.build();
  }

  /** Items of two themes, one of them twice as often. */
  History history(int user, int length, Instant end) {
    RandomGenerator random = random(-1 - user);
    int first = random.nextInt(THEMES);
    int second = random.nextInt(THEMES);
    List<History.Entry> entries = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      int theme = i % 3 == 2 ? second : first;
      int number = random.nextInt(items / THEMES) * THEMES + theme;
      ItemId item = item(number);
      if (entries.stream().noneMatch(e -> e.item().equals(item))) {
        entries.add(new History.Entry(item, LIKED, end.toEpochMilli() - i * 60_000L));
      }
    }
    return new History(entries.size(), entries);
  }

  History warm(int user, Instant end) {
    return history(user, WARM, end);
  }

  History few(int user, Instant end) {
    return history(user, 2, end);
  }

  /** Mean content of a history. */
  float[] taste(History history) {
    float[] sum = new float[CONTENT_DIMENSION];
    for (History.Entry entry : history.entries()) {
      float[] content = content(Integer.parseInt(entry.item().value().substring(1)));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += content[i] / history.entries().size();
      }
    }
    return sum;
  }

  private RandomGenerator random(int of) {
    return new SplittableRandom(seed * 1_000_003 + of);
  }
}
