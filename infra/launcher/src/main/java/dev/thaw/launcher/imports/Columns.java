package dev.thaw.launcher.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.launcher.imports.Gathered.Description;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any CSV, TSV or JSON Lines tables of events, items and users, by a mapping of their columns. */
final class Columns implements ImportFormat {
  private final ColumnMapping mapping;
  private final Set<DomainId> domains = new LinkedHashSet<>();

  Columns(ColumnMapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public void read(Path from, Reading reading) throws IOException {
    Gathered into = reading.gathered();
    Lines lines = reading.lines(UTF_8);
    if (mapping.items() != null) {
      table(from, mapping.items()).forEach(lines, row -> item(row, into));
    }
    if (mapping.users() != null) {
      table(from, mapping.users()).forEach(lines, row -> user(row, into));
    }
    table(from, mapping.events()).forEach(lines, row -> event(row, into));
    into.keepDomainsWithItems();
    domains.retainAll(into.domains().stream().map(DomainDefinition::name).toList());
    // who is a source of whom is known only now
    domains.forEach(d -> into.domain(definition(d)));
  }

  private Table table(Path from, String file) {
    return new Table(from.resolve(file), mapping.header());
  }

  private void item(Table.Row row, Gathered into) {
    Map<String, String> c = mapping.itemColumns();
    into.item(
        domain(row, c.get("domain"), into),
        row.require(c.getOrDefault("id", "id")),
        new Description(
            get(row, c.get("title")).orElse(""),
            get(row, c.get("description")).orElse(""),
            categories(get(row, c.get("categories")).orElse("")),
            attributes(row, c),
            get(row, c.get("image")).orElse("")));
  }

  private void user(Table.Row row, Gathered into) {
    Map<String, String> c = mapping.userColumns();
    into.user(row.require(c.getOrDefault("id", "id")), attributes(row, c));
  }

  private void event(Table.Row row, Gathered into) {
    Map<String, String> c = mapping.eventColumns();
    EventType type = new EventType(get(row, c.get("type")).orElse(mapping.type()));
    Optional<String> value = get(row, c.get("value"));
    if (type.equals(EventType.RATING) && value.isEmpty()) {
      throw new BadLine("value", "a rating must have a value");
    }
    DomainId domain = domain(row, c.get("domain"), into);
    into.interaction(
        row.require(c.getOrDefault("user", "user")),
        domain,
        row.require(c.getOrDefault("item", "item")),
        type,
        value.map(v -> BadLine.number("value", v)).orElse(Double.NaN),
        get(row, c.get("time")).map(this::millis).orElse(InteractionTable.UNTIMED));
  }

  private DomainId domain(Table.Row row, @Nullable String column, Gathered into) {
    DomainId domain = DomainId.of(get(row, column).orElse(mapping.domain()));
    if (domains.add(domain)) {
      into.domain(definition(domain));
    }
    return domain;
  }

  private DomainDefinition definition(DomainId domain) {
    List<String> attributes =
        mapping.userColumns().keySet().stream()
            .filter(k -> k.startsWith(ColumnMapping.ATTRIBUTE))
            .map(k -> k.substring(ColumnMapping.ATTRIBUTE.length()))
            .sorted()
            .toList();
    return ImportFormat.ratings(
        domain.value(),
        mapping.minRating(),
        mapping.maxRating(),
        mapping.positiveRating(),
        attributes,
        domains.stream().filter(d -> !d.equals(domain)).toList());
  }

  private long millis(String text) {
    return switch (mapping.timeUnit()) {
      case SECONDS -> Times.ofFractionalSeconds(text);
      case MILLIS -> Times.ofMillis(text);
      case ISO -> Times.ofIso(text);
    };
  }

  private static Optional<String> get(Table.Row row, @Nullable String column) {
    return column == null ? Optional.empty() : row.get(column);
  }

  private static Map<String, String> attributes(Table.Row row, Map<String, String> columns) {
    Map<String, String> found = new LinkedHashMap<>();
    columns.forEach(
        (name, column) -> {
          if (name.startsWith(ColumnMapping.ATTRIBUTE)) {
            row.get(column)
                .ifPresent(v -> found.put(name.substring(ColumnMapping.ATTRIBUTE.length()), v));
          }
        });
    return found;
  }

  private static List<String> categories(String joined) {
    return Arrays.stream(joined.split("\\|", -1))
        .map(String::strip)
        .filter(c -> !c.isEmpty())
        .toList();
  }
}
