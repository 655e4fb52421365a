package dev.thaw.launcher.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MovieTweetings: {@code movies.dat} (IMDb id, title, genres) and {@code ratings.dat} (user, IMDb
 * id, rating 0 to 10, seconds) between double colons; UTF-8.
 */
final class MovieTweetings implements ImportFormat {
  private static final DomainId MOVIES = DomainId.of("movies");

  @Override
  public String name() {
    return "movietweetings";
  }

  @Override
  public void read(Path from, Reading reading) throws IOException {
    Gathered into = reading.gathered();
    into.domain(ImportFormat.ratings("movies", 0, 10, 8, List.of(), List.of()));
    Lines lines = reading.lines(UTF_8);
    lines.forEach(from.resolve("movies.dat"), (n, line) -> item(line, into));
    lines.forEach(from.resolve("ratings.dat"), (n, line) -> rating(line, into));
  }

  private static void item(String line, Gathered into) {
    List<String> f = Fields.doubleColon(line, 2);
    into.item(MOVIES, f.get(0), Films.describe(f.get(1), f.size() > 2 ? f.get(2) : ""));
  }

  private static void rating(String line, Gathered into) {
    List<String> f = Fields.doubleColon(line, 4);
    into.interaction(
        f.get(0),
        MOVIES,
        f.get(1),
        EventType.RATING,
        BadLine.number("rating", f.get(2)),
        Times.ofSeconds(f.get(3)));
  }
}
