package dev.thaw.launcher.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.launcher.imports.Gathered.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Amazon-style ratings: {@code user item rating [seconds]}, one file a domain, between tabs or
 * commas, with or without a header. {@code books_dedup.tsv} and {@code ratings_Books.csv} are both
 * the domain {@code books}. Titles from {@code item_titles.tsv} (domain, item, title) if there.
 */
final class AmazonRatings implements ImportFormat {
  private static final String TITLES = "item_titles.tsv";

  @Override
  public String name() {
    return "amazon";
  }

  @Override
  public void read(Path from, Reading reading) throws IOException {
    Map<DomainId, Path> files = ratingFiles(from);
    Gathered into = reading.gathered();
    for (DomainId domain : files.keySet()) {
      List<DomainId> sources = files.keySet().stream().filter(d -> !d.equals(domain)).toList();
      into.domain(ImportFormat.ratings(domain.value(), 1, 5, 4, List.of(), sources));
    }
    Lines lines = reading.lines(UTF_8);
    Path titles = from.resolve(TITLES);
    if (Files.exists(titles)) {
      lines.forEach(titles, (n, line) -> title(n, line, files, into));
    }
    for (var file : files.entrySet()) {
      lines.forEach(file.getValue(), (n, line) -> rating(n, line, file.getKey(), into));
    }
  }

  private static Map<DomainId, Path> ratingFiles(Path from) throws IOException {
    Map<DomainId, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : (Iterable<Path>) all.sorted()::iterator) {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(tsv|csv|txt)(\\.gz)?") && !name.equals(TITLES)) {
          DomainId domain = domainOf(name);
          Path other = files.put(domain, file);
          if (other != null) {
            throw new ImportException(
                "domain " + domain + " has two files, " + other.getFileName() + " and " + name);
          }
        }
      }
    }
    if (files.isEmpty()) {
      throw new ImportException("there is no file of ratings (.tsv, .csv, .txt) in " + from);
    }
    return files;
  }

  static DomainId domainOf(String fileName) {
    return DomainId.of(
        fileName
            .toLowerCase(Locale.ROOT)
            .replaceFirst("\\.(tsv|csv|txt)(\\.gz)?$", "")
            .replaceFirst("^ratings_", "")
            .replaceFirst("_(dedup|ratings)$", ""));
  }

  private static void title(long number, String line, Map<DomainId, Path> files, Gathered into) {
    List<String> f = Fields.plain(line, '\t', 3);
    if (number == 1 && f.get(0).equals("domain")) {
      return;
    }
    DomainId domain = DomainId.of(f.get(0));
    if (!files.containsKey(domain)) {
      throw new BadLine(
          "domain", "domain must be one of " + files.keySet() + ", was \"" + domain + "\"");
    }
    into.item(domain, f.get(1), new Description(f.get(2), "", List.of(), Map.of()));
  }

  private static void rating(long number, String line, DomainId domain, Gathered into) {
    char separator = line.indexOf('\t') >= 0 ? '\t' : line.indexOf(',') >= 0 ? ',' : ' ';
    List<String> f = Fields.plain(line, separator, 3);
    if (number == 1 && !f.get(2).isEmpty() && Character.isLetter(f.get(2).charAt(0))) {
      return;
    }
    long time = f.size() > 3 ? Times.ofSeconds(f.get(3)) : InteractionTable.UNTIMED;
    double value = BadLine.number("rating", f.get(2));
    into.interaction(f.get(0), domain, f.get(1), EventType.RATING, value, time);
  }
}
