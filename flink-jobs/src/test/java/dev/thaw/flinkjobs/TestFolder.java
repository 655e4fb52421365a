package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small world in two domains: each user has one taste, the same in both, likes most of what is of
 * that taste and rates the rest low. A user's region goes with the taste.
 */
public final class TestFolder {
  public static final int USERS = 400;

  /** Items with interactions; one more is new. */
  public static final int ITEMS = 48;

  private static final List<String> TASTES = List.of("war", "love", "sport", "space");

  private TestFolder() {}

  public static ItemId item(DomainId domain, int number) {
    return ItemId.of(domain.value().charAt(0) + "-" + number);
  }

  /** Taste of a user or an item by number. */
  public static int taste(int number) {
    return number % TASTES.size();
  }

  /** Writes {@code events.jsonl}, {@code items.jsonl} and {@code users.jsonl}. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    DomainDefinitions domains = DomainDefinitions.shipped();
    List<CatalogueItem> items = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    List<UserProfile> users = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
      for (int n = 0; n <= ITEMS; n++) {
        items.add(
            new CatalogueItem(
                item(domain, n),
                domain,
                "",
                "",
                List.of(TASTES.get(taste(n))),
                Map.of(),
                true,
                TestEvents.START));
      }
      for (int u = 0; u < USERS; u++) {
        for (int n = 0; n < 10; n++) {
          events.add(rating(domain, u, n, random));
        }
      }
    }
    for (int u = 0; u < USERS; u++) {
      users.add(
          new UserProfile(
              new UserId("u" + u), Map.of("region", "r" + region(u)), List.of(), TestEvents.START));
    }
    write(folder.resolve("items.jsonl"), items, WireFormats.items(domains, WireLimits.DEFAULT));
    write(folder.resolve("events.jsonl"), events, WireFormats.events(domains, WireLimits.DEFAULT));
    write(folder.resolve("users.jsonl"), users, WireFormats.profiles(domains, WireLimits.DEFAULT));
    return folder;
  }

  /** Says the taste of two users in three, so that what they like elsewhere says more. */
  private static int region(int user) {
    return user % 3 == 0 ? taste(user + 1) : taste(user);
  }

  private static Event rating(DomainId domain, int user, int number, SplittableRandom random) {
    boolean own = number % 5 != 4;
    int among = random.nextInt(ITEMS / TASTES.size());
    int item = TASTES.size() * among + (own ? taste(user) : taste(user + 1 + random.nextInt(3)));
    Event event =
        Event.of(
            EventId.of(domain + "-" + user + "-" + number),
            new UserId("u" + user),
            item(domain, item),
            domain,
            EventType.RATING,
            TestEvents.at(Duration.ofMinutes(13L * number + user)));
    return event.withValue(own ? 4.5 : 1.5);
  }

  private static <T> void write(Path file, List<T> records, WireFormat<T> format)
      throws IOException {
    Files.write(file, records.stream().map(format::writeText).toList());
  }
}
