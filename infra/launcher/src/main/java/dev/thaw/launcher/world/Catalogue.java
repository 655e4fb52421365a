package dev.thaw.launcher.world;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes the items of one domain: two themes each, a quality, a popularity, and words for them. */
final class Catalogue {
  private static final double POPULARITY_SKEW = 0.8;
  private static final int CREATORS_PER_THEME = 12;
  private static final String[] DECADES = {"1970s", "1980s", "1990s", "2000s", "2010s", "2020s"};

  private final Themes themes;
  private final DomainId domain;
  private final RandomGenerator random;
  private final Set<String> titles = new HashSet<>();

  Catalogue(Themes themes, DomainId domain, RandomGenerator random) {
    this.themes = themes;
    this.domain = domain;
    this.random = random;
  }

  /**
   * An item with what only the world knows of it.
   *
   * @param first theme that makes {@link #FIRST_SHARE} of it
   * @param second theme that makes the rest
   * @param quality standard normal
   * @param popularity weight before taste; 0 for items nobody has met
   */
  record WorldItem(CatalogueItem item, int first, int second, double quality, double popularity) {
    static final double FIRST_SHARE = 0.75;

    double affinity(double[] taste) {
      return FIRST_SHARE * taste[first] + (1 - FIRST_SHARE) * taste[second];
    }
  }

  List<WorldItem> write(WorldConfig config) {
    List<WorldItem> items = new ArrayList<>();
    Instant begin = config.end().minus(config.span());
    int n = config.itemsPerDomain();
    for (int i = 0; i < n; i++) {
      double quality = random.nextGaussian();
      // good items tend to be known: their rank is drawn from the better part
      double rank = 1 + n * random.nextDouble() * StrictMath.exp(-0.5 * quality) / 2.0;
      items.add(item(i, quality, StrictMath.pow(rank, -POPULARITY_SKEW), begin, true));
    }
    Instant lately = config.end().minus(Duration.ofHours(3));
    for (int i = 0; i < config.newItems() + config.blankItems(); i++) {
      items.add(item(n + i, random.nextGaussian(), 0, lately, i < config.newItems()));
    }
    return items;
  }

  private WorldItem item(int i, double quality, double popularity, Instant time, boolean text) {
    int first = random.nextInt(themes.size());
    int second = random.nextInt(themes.size());
    ItemId id = ItemId.of("%s-%04d".formatted(domain.value().substring(0, 1), i));
    CatalogueItem item =
        text
            ? new CatalogueItem(
                id,
                domain,
                title(themes.get(first)),
                description(themes.get(first), themes.get(second)),
                categories(first, second),
                attributes(first),
                true,
                time)
            : new CatalogueItem(id, domain, "", "", List.of(), Map.of(), true, time);
    return new WorldItem(item, first, second, quality, popularity);
  }

  private String title(Themes.Theme theme) {
    String adjective = pick(theme.adjectives());
    String noun = pick(theme.nouns());
    String base =
        switch (random.nextInt(4)) {
          case 0 -> "The " + adjective + " " + noun;
          case 1 -> noun + " of the " + pick(theme.nouns());
          case 2 -> adjective + " " + noun;
          default -> pick(themes.firstNames()) + " and the " + noun;
        };
    String title = base;
    for (int part = 2; !titles.add(title); part++) {
      title = base + " " + part;
    }
    return title;
  }

  private String description(Themes.Theme first, Themes.Theme second) {
    String hero = pick(first.heroes());
    return Character.toUpperCase(hero.charAt(0))
        + hero.substring(1)
        + " "
        + pick(first.plots())
        + " "
        + pick((random.nextInt(3) == 0 ? second : first).places())
        + ".";
  }

  private List<String> categories(int first, int second) {
    String one = themes.get(first).categories().getOrDefault(domain.value(), "");
    String two = themes.get(second).categories().getOrDefault(domain.value(), "");
    return one.equals(two) ? List.of(one) : List.of(one, two);
  }

  /** Creators work in one theme, and themes have their decades. */
  private Map<String, String> attributes(int theme) {
    int creator = theme * CREATORS_PER_THEME + random.nextInt(CREATORS_PER_THEME);
    int names = themes.lastNames().size();
    String name =
        themes.firstNames().get(creator % themes.firstNames().size())
            + " "
            + themes.lastNames().get((creator / 3 + creator) % names);
    int decade = (theme + (random.nextInt(3) == 0 ? random.nextInt(6) : 0)) % DECADES.length;
    return Map.of("creator", name, "decade", DECADES[decade]);
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
