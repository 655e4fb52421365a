package dev.thaw.launcher.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MovieLens 1M: {@code movies.dat}, {@code users.dat} (ISO 8859-1) and {@code ratings.dat} with
 * times, or {@code ratings.csv[.gz]} ({@code user,item,rating[,split]}) without. {@code
 * movies_extrainfos.dat} (UTF-8: year, audience, directors, writers, actors, plot) if it is there.
 */
final class MovieLens1m implements ImportFormat {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final int MOST_ACTORS = 4;
  private static final List<String> OCCUPATIONS =
      List.of(
          "other",
          "educator",
          "artist",
          "clerical",
          "student",
          "customer-service",
          "doctor",
          "executive",
          "farmer",
          "homemaker",
          "k12-student",
          "lawyer",
          "programmer",
          "retired",
          "sales",
          "scientist",
          "self-employed",
          "engineer",
          "tradesman",
          "unemployed",
          "writer");

  @Override
  public String name() {
    return "movielens-1m";
  }

  @Override
  public void read(Path from, Reading reading) throws IOException {
    Gathered into = reading.gathered();
    into.domain(
        ImportFormat.ratings(
            "movies", 1, 5, 4, List.of("age_band", "gender", "occupation", "region"), List.of()));
    Lines latin1 = reading.lines(ISO_8859_1);
    latin1.forEach(from.resolve("movies.dat"), (n, line) -> item(line, into));
    Path plots = from.resolve("movies_extrainfos.dat");
    if (Files.exists(plots)) {
      reading.lines(UTF_8).forEach(plots, (n, line) -> plot(line, into));
    }
    latin1.forEach(from.resolve("users.dat"), (n, line) -> user(line, into));
    Path timed = from.resolve("ratings.dat");
    if (Files.exists(timed)) {
      latin1.forEach(timed, (n, line) -> timedRating(line, into));
    } else {
      Path plain = from.resolve("ratings.csv");
      reading
          .lines(UTF_8)
          .forEach(
              Files.exists(plain) ? plain : from.resolve("ratings.csv.gz"),
              (n, line) -> untimedRating(n, line, into));
    }
  }

  private static void item(String line, Gathered into) {
    List<String> f = Fields.doubleColon(line, 3);
    into.item(MOVIES, f.get(0), Films.describe(f.get(1), f.get(2)));
  }

  /** id, title, year, audience, released, genres, directors, writers, actors, plot, poster. */
  private static void plot(String line, Gathered into) {
    List<String> f = Fields.doubleColon(line, 11);
    Map<String, String> attributes = new LinkedHashMap<>();
    put(attributes, "audience", f.get(3), 1);
    put(attributes, "director", f.get(6), 2);
    put(attributes, "actor", f.get(8), MOST_ACTORS);
    into.describe(MOVIES, f.get(0), isNone(f.get(9)) ? "" : f.get(9).strip(), attributes);
  }

  private static void put(Map<String, String> into, String name, String listed, int most) {
    List<String> values =
        java.util.Arrays.stream(listed.split(",", -1))
            .map(String::strip)
            .filter(v -> !isNone(v))
            .limit(most)
            .toList();
    if (!values.isEmpty()) {
      into.put(name, String.join("|", values));
    }
  }

  private static boolean isNone(String value) {
    return value.isBlank() || value.strip().equals("N/A");
  }

  private static void user(String line, Gathered into) {
    List<String> f = Fields.doubleColon(line, 5);
    long occupation = BadLine.integer("occupation", f.get(3));
    if (occupation < 0 || occupation >= OCCUPATIONS.size()) {
      throw new BadLine(
          "occupation",
          "occupation must be in [0, " + (OCCUPATIONS.size() - 1) + "], was " + occupation);
    }
    into.user(
        f.get(0),
        Map.of(
            "gender",
            f.get(1),
            "age_band",
            Films.ageBand(BadLine.integer("age", f.get(2))),
            "occupation",
            OCCUPATIONS.get((int) occupation),
            "region",
            Films.region(f.get(4))));
  }

  private static void timedRating(String line, Gathered into) {
    List<String> f = Fields.doubleColon(line, 4);
    rating(f, Times.ofSeconds(f.get(3)), into);
  }

  private static void untimedRating(long number, String line, Gathered into) {
    if (number > 1 || !line.startsWith("user")) {
      rating(Fields.plain(line, ',', 3), InteractionTable.UNTIMED, into);
    }
  }

  private static void rating(List<String> f, long time, Gathered into) {
    double value = BadLine.number("rating", f.get(2));
    into.interaction(f.get(0), MOVIES, f.get(1), EventType.RATING, value, time);
  }
}
