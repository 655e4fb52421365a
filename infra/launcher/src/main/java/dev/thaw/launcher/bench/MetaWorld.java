package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.metrics.RatingErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Generated ratings with attributes, of the size of MeLU's split of MovieLens 1M: items have
 * genres, users like some genres, partly as their attributes say.
 *
 * @param newUsers not trained on
 */
record MetaWorld(MetaData data, List<NewUser> newUsers) {
  static final int USERS = 2_749;
  private static final int NEW_USERS = 300;
  private static final int ITEMS = 3_000;
  private static final int GENRES = 18;
  private static final int RATINGS = 45;
  private static final int SUPPORT = 20;
  private static final DomainId DOMAIN = DomainId.of("movies");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  /** A user who has rated 20 items, and what is asked. */
  record NewUser(UserProfile profile, History support, List<History.Entry> query) {}

  static MetaWorld generate(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] groups = gaussians(7, GENRES, random);
    double[] quality = gaussians(1, ITEMS, random)[0];
    InteractionsBuilder builder = Interactions.builder(DOMAIN);
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    for (int i = 0; i < ITEMS; i++) {
      builder.addItem(id(i));
      catalogue.put(id(i), item(i));
    }
    Map<UserId, UserProfile> profiles = new HashMap<>();
    List<NewUser> newUsers = new ArrayList<>();
    for (int u = 0; u < USERS + NEW_USERS; u++) {
      UserProfile profile = profile(u, random);
      List<History.Entry> rated = rated(u, groups, quality, random);
      if (u < USERS) {
        profiles.put(profile.userId(), profile);
        rated.forEach(
            each -> {
              var unused = builder.add(profile.userId(), each.item(), each.strength(), 0);
            });
      } else {
        newUsers.add(
            new NewUser(
                profile,
                new History(SUPPORT, rated.subList(0, SUPPORT)),
                rated.subList(SUPPORT, RATINGS)));
      }
    }
    return new MetaWorld(
        new MetaData(builder.build(), SCALE, profiles, catalogue, Map.of()), newUsers);
  }

  private static ItemId id(int item) {
    return ItemId.of("i%05d".formatted(item));
  }

  private static CatalogueItem item(int i) {
    return new CatalogueItem(
        id(i),
        DOMAIN,
        "Movie " + i,
        "",
        List.of("genre " + i % GENRES, "genre " + i / GENRES % GENRES),
        Map.of("decade", "" + i % 9, "director", "" + i / 5, "audience", "" + i % 4),
        true,
        Instant.EPOCH);
  }

  private static UserProfile profile(int user, SplittableRandom random) {
    Map<String, String> attributes =
        Map.of(
            "age", "" + user % 7,
            "gender", "" + random.nextInt(2),
            "occupation", "" + random.nextInt(21),
            "region", "" + random.nextInt(10));
    return new UserProfile(
        UserId.of("u%05d".formatted(user)), attributes, List.of(), Instant.EPOCH);
  }

  private static List<History.Entry> rated(
      int user, double[][] groups, double[] quality, SplittableRandom random) {
    double[] own = gaussians(1, GENRES, random)[0];
    double bias = 0.4 * random.nextGaussian();
    Set<Integer> items = new LinkedHashSet<>();
    while (items.size() < RATINGS) {
      items.add((int) (ITEMS * random.nextDouble() * random.nextDouble()));
    }
    List<History.Entry> rated = new ArrayList<>();
    for (int i : items) {
      double taste = 0;
      for (int genre : new int[] {i % GENRES, i / GENRES % GENRES}) {
        taste += 0.3 * groups[user % 7][genre] + 0.3 * own[genre];
      }
      double rating = 3.6 + bias + 0.4 * quality[i] + taste + 0.8 * random.nextGaussian();
      rated.add(new History.Entry(id(i), SCALE.clip(Math.rint(rating)), 0));
    }
    return rated;
  }

  private static double[][] gaussians(int n, int width, SplittableRandom random) {
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return rows;
  }

  /** Mean absolute error of the biases alone. */
  double biasError() {
    BiasModel biases = BiasModel.fit(data.ratings(), SCALE);
    RatingErrors errors = new RatingErrors();
    for (NewUser user : newUsers) {
      double bias = biases.userBias(user.support());
      user.query()
          .forEach(
              each ->
                  errors.add(
                      biases.rating(bias, biases.items().indexOf(each.item())), each.strength()));
    }
    return errors.mae();
  }
}
