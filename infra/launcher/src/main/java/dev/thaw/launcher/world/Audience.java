package dev.thaw.launcher.world;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws people: attributes, a taste that leans as their attributes do, and its domain variants. */
final class Audience {
  /** How much of a taste in one domain is the person's taste everywhere. */
  private static final double SHARED = 0.85;

  private static final double LEANING = 0.5;
  private static final List<String> AGES =
      List.of("under-18", "18-24", "25-34", "35-49", "50-64", "65-plus");
  private static final List<String> REGIONS = List.of("us", "eu", "asia", "latam", "africa");
  private static final List<String> DEVICES = List.of("phone", "desktop", "tablet", "tv");

  private final Themes themes;
  private final RandomGenerator random;
  private int count;

  Audience(Themes themes, RandomGenerator random) {
    this.themes = themes;
    this.random = random;
  }

  /**
   * A person with what only the world knows of them.
   *
   * @param tastes per domain, one component a theme, about [-2, 2]
   * @param generosity added to every rating, in stars
   */
  record Person(
      UserId id, Map<String, String> attributes, List<double[]> tastes, double generosity) {}

  Person draw(int domains) {
    String age = pick(AGES);
    String region = pick(REGIONS);
    double[] shared = new double[themes.size()];
    for (int t = 0; t < shared.length; t++) {
      shared[t] = 0.35 * random.nextGaussian() + leaning(themes.get(t), age, region);
    }
    for (int liked = 0; liked < 2; liked++) {
      shared[random.nextInt(shared.length)] += 1.3;
    }
    shared[random.nextInt(shared.length)] -= 1.0;
    List<double[]> tastes =
        java.util.stream.IntStream.range(0, domains).mapToObj(d -> variant(shared)).toList();
    return new Person(
        UserId.of("u-%05d".formatted(count++)),
        attributes(age, region, shared),
        tastes,
        0.35 * random.nextGaussian());
  }

  private static double leaning(Themes.Theme theme, String age, String region) {
    return (theme.ages().contains(age) ? LEANING : 0)
        + (theme.regions().contains(region) ? LEANING / 2 : 0)
        - LEANING / 3;
  }

  private double[] variant(double[] shared) {
    double[] taste = shared.clone();
    double own = StrictMath.sqrt(1 - SHARED * SHARED);
    for (int t = 0; t < taste.length; t++) {
      taste[t] = SHARED * taste[t] + own * 0.8 * random.nextGaussian();
    }
    return taste;
  }

  /** The campaign that brought them is, for every second one, about what they like most. */
  private Map<String, String> attributes(String age, String region, double[] taste) {
    int favourite = 0;
    for (int t = 1; t < taste.length; t++) {
      if (taste[t] > taste[favourite]) {
        favourite = t;
      }
    }
    String campaign = random.nextBoolean() ? themes.get(favourite).name() : "none";
    return Map.of("age_band", age, "region", region, "device", pick(DEVICES), "campaign", campaign);
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
