package dev.thaw.launcher.imports;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an import has read so far: only what the readers of a data folder will take. A line that is
 * refused leaves nothing behind. Not thread-safe.
 */
final class Gathered {
  /** Of records that are only checked; those of the folder get numbers. */
  private static final String ANY_EVENT = "any";

  /** The table numbers them with one byte. */
  private static final int MOST_TYPES = 1 + Byte.MAX_VALUE;

  private final WireChecks checks;
  private final Map<DomainId, DomainDefinition> domains = new LinkedHashMap<>();
  private final Map<ItemKey, Integer> itemNumbers = new HashMap<>();
  private final List<ItemKey> items = new ArrayList<>();
  private final Map<ItemKey, Description> descriptions = new LinkedHashMap<>();
  private final Map<String, Integer> userNumbers = new HashMap<>();
  private final List<String> users = new ArrayList<>();
  private final Map<String, Map<String, String>> userAttributes = new LinkedHashMap<>();
  private final List<EventType> types = new ArrayList<>();
  private final InteractionTable interactions = new InteractionTable();

  Gathered(WireChecks checks) {
    this.checks = checks;
  }

  /** An item before its id is made unique. */
  record ItemKey(DomainId domain, String id) {}

  /** What a catalogue says of an item. */
  record Description(
      String title,
      String description,
      List<String> categories,
      Map<String, String> attributes,
      String image) {
    Description {
      categories = List.copyOf(categories);
      attributes = Map.copyOf(attributes);
    }

    /** Without a picture. */
    Description(
        String title, String description, List<String> categories, Map<String, String> attributes) {
      this(title, description, categories, attributes, "");
    }

    Description withDescription(String text, Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(attributes);
      all.putAll(more);
      return new Description(title, text, categories, all, image);
    }
  }

  void domain(DomainDefinition domain) {
    domains.put(domain.name(), domain);
  }

  /**
   * @throws BadLine if the item was described before, or readers would refuse it
   */
  void item(DomainId domain, String id, Description description) {
    ItemKey key = key(domain, id);
    if (descriptions.containsKey(key)) {
      throw new BadLine("item_id", "item_id \"" + id + "\" of " + domain + " is there twice");
    }
    check(key, description);
    itemNumber(key);
    descriptions.put(key, description);
  }

  /**
   * Adds a longer text and attributes to an item, which may be described already.
   *
   * @throws BadLine if readers would refuse the item with them
   */
  void describe(DomainId domain, String id, String text, Map<String, String> attributes) {
    ItemKey key = key(domain, id);
    Description description = descriptionOf(key).withDescription(text, attributes);
    check(key, description);
    itemNumber(key);
    descriptions.put(key, description);
  }

  /**
   * @throws BadLine if the user was described before, or readers would refuse the profile
   */
  void user(String id, Map<String, String> attributes) {
    requireId("user_id", id);
    if (userAttributes.containsKey(id)) {
      throw new BadLine("user_id", "user_id \"" + id + "\" is there twice");
    }
    checks.user(Records.user(id, attributes, Instant.EPOCH));
    userNumber(id);
    userAttributes.put(id, Map.copyOf(attributes));
  }

  /**
   * @param value NaN for none
   * @param timeMillis epoch milliseconds or {@link InteractionTable#UNTIMED}
   * @throws BadLine if a rating lies outside the domain's scale, or readers would refuse the event
   */
  void interaction(
      String user, DomainId domain, String item, EventType type, double value, long timeMillis) {
    DomainDefinition definition = definition(domain);
    if (type.equals(EventType.RATING) && !definition.isOnScale(value)) {
      throw new BadLine(
          "rating", "rating must be in " + definition.ratingScale() + ", was " + value);
    }
    requireId("user_id", user);
    ItemKey key = key(domain, item);
    long checkedMillis = timeMillis == InteractionTable.UNTIMED ? 0 : timeMillis;
    checks.event(
        Records.event(
            ANY_EVENT,
            user,
            Records.itemId(key, true),
            domain,
            type,
            (float) value,
            Instant.ofEpochMilli(checkedMillis)),
        definition);
    int typeNumber = typeNumber(type);
    interactions.add(userNumber(user), itemNumber(key), typeNumber, (float) value, timeMillis);
  }

  private DomainDefinition definition(DomainId domain) {
    return Objects.requireNonNull(domains.get(domain), domain.value());
  }

  /** With the prefix that its id gets if two domains turn out to share ids. */
  private void check(ItemKey key, Description description) {
    DomainId domain = key.domain();
    checks.item(
        Records.item(Records.itemId(key, true), domain, description, Instant.EPOCH),
        definition(domain));
  }

  private static ItemKey key(DomainId domain, String id) {
    requireId("item_id", id);
    return new ItemKey(domain, id);
  }

  private int itemNumber(ItemKey key) {
    Integer known = itemNumbers.putIfAbsent(key, items.size());
    if (known == null) {
      items.add(key);
      return items.size() - 1;
    }
    return known;
  }

  private int userNumber(String id) {
    Integer known = userNumbers.putIfAbsent(id, users.size());
    if (known == null) {
      users.add(id);
      return users.size() - 1;
    }
    return known;
  }

  private int typeNumber(EventType type) {
    int known = types.indexOf(type);
    if (known >= 0) {
      return known;
    }
    if (types.size() == MOST_TYPES) {
      throw new BadLine(
          "type", "type must be one of the " + MOST_TYPES + " that came first, was " + type);
    }
    types.add(type);
    return types.size() - 1;
  }

  private static void requireId(String field, String id) {
    // the room that a prefix with the domain needs is left
    if (id.isBlank() || id.length() > 200) {
      throw new BadLine(field, field + " must have 1 to 200 characters, was \"" + id + "\"");
    }
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) < ' ' || id.charAt(i) == 0x7f) {
        throw new BadLine(field, field + " must not hold control characters, has one at " + i);
      }
    }
  }

  List<DomainDefinition> domains() {
    return List.copyOf(domains.values());
  }

  /** Removes the domains of lines that were all refused. */
  void keepDomainsWithItems() {
    Set<DomainId> used = items.stream().map(ItemKey::domain).collect(Collectors.toSet());
    domains.keySet().retainAll(used);
  }

  List<ItemKey> items() {
    return items;
  }

  /** Empty words for an item that has interactions only. */
  Description descriptionOf(ItemKey item) {
    return descriptions.getOrDefault(item, new Description("", "", List.of(), Map.of()));
  }

  List<String> users() {
    return users;
  }

  Map<String, String> attributesOf(String user) {
    return userAttributes.getOrDefault(user, Map.of());
  }

  /** Of the events, those that are shipped, too. */
  List<EventType> types() {
    return List.copyOf(types);
  }

  EventType type(int number) {
    return types.get(number);
  }

  InteractionTable interactions() {
    return interactions;
  }

  /** Whether one id names items of two domains. */
  boolean itemIdsClash() {
    return items.stream().map(ItemKey::id).distinct().count() < items.size();
  }
}
