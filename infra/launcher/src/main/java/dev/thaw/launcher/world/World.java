package dev.thaw.launcher.world;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.world.Audience.Person;
import dev.thaw.launcher.world.Catalogue.WorldItem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A generated world of two domains. Each person has a latent taste over themes, much the same in
 * both domains; titles, descriptions, categories and creators of items tell of their themes; age,
 * region and campaign tell something of a person's taste. What is liked follows from taste, quality
 * and chance, so a method that finds the taste is rewarded and one that does not is not.
 *
 * @param domains both domains, each a source of the other
 * @param items of both domains
 * @param users profiles, also of people without any event
 * @param events in order of time, the last one before the configured end
 */
public record World(
    List<DomainDefinition> domains,
    List<CatalogueItem> items,
    List<UserProfile> users,
    List<Event> events) {
  public static final DomainId MOVIES = DomainId.of("movies");
  public static final DomainId BOOKS = DomainId.of("books");

  public World {
    domains = List.copyOf(domains);
    items = List.copyOf(items);
    users = List.copyOf(users);
    events = List.copyOf(events);
  }

  /** Writes the world as a data folder. */
  public void write(DataFolderWriter writer, WorldConfig config) throws IOException {
    writer.domains(domains, List.of());
    for (CatalogueItem item : items) {
      writer.item(item);
    }
    for (UserProfile user : users) {
      writer.user(user);
    }
    for (Event event : events) {
      writer.event(event);
    }
    writer.finish(
        Map.of(
            "format", "generated",
            "seed", config.seed(),
            "end", config.end().toString(),
            "items", items.size(),
            "users", users.size(),
            "events", events.size()));
  }

  /** Equal configurations give equal worlds. About two seconds for the demo's sizes. */
  public static World generate(WorldConfig config) {
    SplittableRandom random = new SplittableRandom(config.seed());
    Themes themes = Themes.shipped();
    List<DomainId> names = List.of(MOVIES, BOOKS);
    List<List<WorldItem>> catalogues =
        names.stream().map(d -> new Catalogue(themes, d, random.split()).write(config)).toList();
    List<Habits> habits = new ArrayList<>();
    for (int d = 0; d < names.size(); d++) {
      habits.add(new Habits(names.get(d), catalogues.get(d), config, random.split()));
    }
    Audience audience = new Audience(themes, random.split());
    Instant signedUp = config.end().minus(config.span());
    List<UserProfile> users = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    int active = config.sharedUsers() + names.size() * config.singleUsers();
    for (int u = 0; u < active; u++) {
      Person person = audience.draw(names.size());
      users.add(new UserProfile(person.id(), person.attributes(), List.of(), signedUp));
      for (int d = 0; d < names.size(); d++) {
        if (u < config.sharedUsers() || (u - config.sharedUsers()) % names.size() == d) {
          habits.get(d).live(person, person.tastes().get(d), events);
        }
      }
    }
    Instant lately = config.end().minus(Duration.ofHours(1));
    for (int u = 0; u < config.silentUsers(); u++) {
      Person person = audience.draw(names.size());
      List<OnboardingAnswer> answers = new ArrayList<>();
      for (int d = 0; d < names.size() && u % 2 == 1; d++) {
        answers.addAll(answers(names.get(d), catalogues.get(d), person.tastes().get(d)));
      }
      users.add(new UserProfile(person.id(), person.attributes(), answers, lately));
    }
    List<CatalogueItem> items =
        catalogues.stream().flatMap(List::stream).map(WorldItem::item).toList();
    return new World(bothDomains(), items, users, Habits.inOrder(events));
  }

  /** Answers about the best-known item each of the most and the least liked theme. */
  private static List<OnboardingAnswer> answers(
      DomainId domain, List<WorldItem> items, double[] taste) {
    List<WorldItem> known =
        items.stream()
            .sorted(Comparator.comparingDouble(WorldItem::popularity).reversed())
            .limit(60)
            .sorted(Comparator.comparingDouble((WorldItem i) -> i.affinity(taste)))
            .toList();
    return List.of(
        new OnboardingAnswer(domain, known.get(known.size() - 1).item().itemId(), true),
        new OnboardingAnswer(domain, known.get(known.size() - 2).item().itemId(), true),
        new OnboardingAnswer(domain, known.get(0).item().itemId(), false));
  }

  private static List<DomainDefinition> bothDomains() {
    return List.of(domain(MOVIES, BOOKS), domain(BOOKS, MOVIES));
  }

  private static DomainDefinition domain(DomainId name, DomainId source) {
    return new DomainDefinition(
        name,
        0.5,
        5.0,
        4.0,
        List.of(EventType.LIKE, EventType.PURCHASE, EventType.CLICK),
        List.of("age_band", "region", "device", "campaign"),
        List.of(source));
  }
}
