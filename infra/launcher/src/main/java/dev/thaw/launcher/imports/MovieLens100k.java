package dev.thaw.launcher.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MovieLens 100K: {@code u.data} (user, item, rating, seconds between tabs), {@code u.item} with
 * flags for the genres of {@code u.genre}, {@code u.user}; ISO 8859-1.
 */
final class MovieLens100k implements ImportFormat {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final int FIRST_FLAG = 5;

  @Override
  public String name() {
    return "movielens-100k";
  }

  @Override
  public void read(Path from, Reading reading) throws IOException {
    Gathered into = reading.gathered();
    into.domain(
        ImportFormat.ratings(
            "movies", 1, 5, 4, List.of("age_band", "gender", "occupation", "region"), List.of()));
    Lines lines = reading.lines(ISO_8859_1);
    List<String> genres = new ArrayList<>();
    lines.forEach(
        from.resolve("u.genre"), (n, line) -> genres.add(Fields.plain(line, '|', 2).get(0)));
    lines.forEach(from.resolve("u.item"), (n, line) -> item(line, genres, into));
    lines.forEach(from.resolve("u.user"), (n, line) -> user(line, into));
    lines.forEach(from.resolve("u.data"), (n, line) -> rating(line, into));
  }

  private static void item(String line, List<String> genres, Gathered into) {
    List<String> f = Fields.plain(line, '|', FIRST_FLAG + genres.size());
    List<String> named = new ArrayList<>();
    for (int g = 0; g < genres.size(); g++) {
      if (f.get(FIRST_FLAG + g).equals("1")) {
        named.add(genres.get(g));
      }
    }
    into.item(MOVIES, f.get(0), Films.describe(f.get(1), named));
  }

  private static void user(String line, Gathered into) {
    List<String> f = Fields.plain(line, '|', 5);
    into.user(
        f.get(0),
        Map.of(
            "age_band",
            Films.ageBand(BadLine.integer("age", f.get(1))),
            "gender",
            f.get(2),
            "occupation",
            f.get(3),
            "region",
            Films.region(f.get(4))));
  }

  private static void rating(String line, Gathered into) {
    List<String> f = Fields.plain(line, '\t', 4);
    into.interaction(
        f.get(0),
        MOVIES,
        f.get(1),
        EventType.RATING,
        BadLine.number("rating", f.get(2)),
        Times.ofSeconds(f.get(3)));
  }
}
