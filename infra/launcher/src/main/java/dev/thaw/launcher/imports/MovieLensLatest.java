package dev.thaw.launcher.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MovieLens ml-latest, ml-latest-small, 20M and later: {@code movies.csv} (movieId, title, genres)
 * and {@code ratings.csv} (userId, movieId, rating in halves, seconds); UTF-8 with quotes.
 */
final class MovieLensLatest implements ImportFormat {
  private static final DomainId MOVIES = DomainId.of("movies");

  @Override
  public String name() {
    return "ml-latest";
  }

  @Override
  public void read(Path from, Reading reading) throws IOException {
    Gathered into = reading.gathered();
    into.domain(ImportFormat.ratings("movies", 0.5, 5, 4, List.of(), List.of()));
    Lines lines = reading.lines(UTF_8);
    lines.forEach(from.resolve("movies.csv"), (n, line) -> item(n, line, into));
    lines.forEach(from.resolve("ratings.csv"), (n, line) -> rating(n, line, into));
  }

  private static void item(long number, String line, Gathered into) {
    if (number > 1) {
      List<String> f = Fields.csv(line, ',', 3);
      into.item(MOVIES, f.get(0), Films.describe(f.get(1), f.get(2)));
    }
  }

  private static void rating(long number, String line, Gathered into) {
    if (number > 1) {
      List<String> f = Fields.plain(line, ',', 4);
      into.interaction(
          f.get(0),
          MOVIES,
          f.get(1),
          EventType.RATING,
          BadLine.number("rating", f.get(2)),
          Times.ofSeconds(f.get(3)));
    }
  }
}
