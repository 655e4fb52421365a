package dev.thaw.evaluation.split;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.models.bridge.PairFamily;
import dev.thaw.models.history.Opinion;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A data folder in memory: {@code domains.yaml}, {@code items.jsonl}, {@code events.jsonl} and, if
 * it is there, {@code users.jsonl}.
 *
 * @param timed whether the times are those of the data: {@code import.json} says of how many events
 *     they are not
 */
public record EvaluationData(
    DomainDefinitions domains,
    Map<DomainId, Interactions> interactions,
    Map<DomainId, Map<ItemId, CatalogueItem>> catalogue,
    Map<UserId, UserProfile> profiles,
    long rejected,
    boolean timed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Profile attributes that the models of any domain may use. */
  public List<String> attributes() {
    return domains.all().stream()
        .flatMap(domain -> domain.attributes().stream())
        .distinct()
        .toList();
  }

  /**
   * @param now later times are refused
   * @param bad sees every line that can't be used
   * @throws IOException naming the file that can't be read
   */
  public static EvaluationData read(Path folder, Instant now, Consumer<DeadLetter> bad)
      throws IOException {
    DomainDefinitions domains = DomainDefinitions.load(folder.resolve("domains.yaml"));
    TreeMap<DomainId, InteractionsBuilder> builders = new TreeMap<>();
    Map<DomainId, Map<ItemId, CatalogueItem>> catalogue = new HashMap<>();
    long rejected =
        JsonLines.read(
                folder.resolve("items.jsonl"),
                WireFormats.items(domains, WireLimits.DEFAULT),
                now,
                item -> {
                  catalogue
                      .computeIfAbsent(item.domain(), d -> new HashMap<>())
                      .put(item.itemId(), item);
                  builder(builders, item.domain()).addItem(item.itemId());
                },
                bad)
            .rejected();
    rejected +=
        JsonLines.read(
                folder.resolve("events.jsonl"),
                WireFormats.events(domains, WireLimits.DEFAULT),
                now,
                event -> add(domains, builders, event),
                bad)
            .rejected();
    Map<UserId, UserProfile> profiles = new HashMap<>();
    Path users = folder.resolve("users.jsonl");
    if (Files.exists(users)) {
      rejected +=
          JsonLines.read(
                  users,
                  WireFormats.profiles(domains, WireLimits.DEFAULT),
                  now,
                  profile -> profiles.put(profile.userId(), profile),
                  bad)
              .rejected();
    }
    Map<DomainId, Interactions> interactions = new TreeMap<>();
    builders.forEach((domain, builder) -> interactions.put(domain, builder.build()));
    return new EvaluationData(domains, interactions, catalogue, profiles, rejected, timed(folder));
  }

  private static boolean timed(Path folder) throws IOException {
    Path provenance = folder.resolve("import.json");
    return !Files.exists(provenance)
        || JSON.readTree(provenance.toFile()).path("times").path("untimed_events").asLong() == 0;
  }

  private static void add(
      DomainDefinitions domains, Map<DomainId, InteractionsBuilder> builders, Event event) {
    domains
        .get(event.domain())
        .flatMap(domain -> Opinion.of(event, domain))
        .ifPresent(
            opinion ->
                builder(builders, event.domain()).add(event.userId(), event.itemId(), opinion));
  }

  private static InteractionsBuilder builder(
      Map<DomainId, InteractionsBuilder> builders, DomainId domain) {
    return builders.computeIfAbsent(domain, Interactions::builder);
  }

  /**
   * The same, without times where the import made some up: their order says nothing, and they come
   * at one pace for good, which would give away how many there are.
   */
  public EvaluationData withoutMadeUpTimes() {
    if (timed) {
      return this;
    }
    Map<DomainId, Interactions> untimed = new TreeMap<>();
    interactions.forEach((domain, all) -> untimed.put(domain, all.untimed()));
    return new EvaluationData(domains, untimed, catalogue, profiles, rejected, timed);
  }

  /** Pairs of domains that share enough users for a bridge. O(users). */
  public int pairs() {
    return PairFamily.size(domains, domain -> Optional.ofNullable(interactions.get(domain)));
  }

  /**
   * @throws IllegalArgumentException naming the domains there are
   */
  public DomainDefinition domain(DomainId domain) {
    return domains
        .get(domain)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no domain " + domain + ", there are " + interactions.keySet()));
  }
}
