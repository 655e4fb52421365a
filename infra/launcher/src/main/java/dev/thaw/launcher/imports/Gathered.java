package dev.thaw.launcher.imports;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an import has read so far. Not thread-safe. */
final class Gathered {
  private final Map<DomainId, DomainDefinition> domains = new LinkedHashMap<>();
  private final Map<ItemKey, Integer> itemNumbers = new HashMap<>();
  private final List<ItemKey> items = new ArrayList<>();
  private final Map<ItemKey, Description> descriptions = new LinkedHashMap<>();
  private final Map<String, Integer> userNumbers = new HashMap<>();
  private final List<String> users = new ArrayList<>();
  private final Map<String, Map<String, String>> userAttributes = new LinkedHashMap<>();
  private final List<EventType> types = new ArrayList<>();
  private final InteractionTable interactions = new InteractionTable();

  /** An item before its id is made unique. */
  record ItemKey(DomainId domain, String id) {}

  /** What a catalogue says of an item. */
  record Description(
      String title, String description, List<String> categories, Map<String, String> attributes) {
    Description {
      categories = List.copyOf(categories);
      attributes = Map.copyOf(attributes);
    }

    Description withDescription(String text, Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(attributes);
      all.putAll(more);
      return new Description(title, text, categories, all);
    }
  }

  void domain(DomainDefinition domain) {
    domains.put(domain.name(), domain);
  }

  /**
   * @throws BadLine if the item was described before
   */
  void item(DomainId domain, String id, Description description) {
    ItemKey key = item(domain, id);
    if (descriptions.putIfAbsent(key, description) != null) {
      throw new BadLine("item_id", "item_id \"" + id + "\" of " + domain + " is there twice");
    }
  }

  /** Adds a longer text and attributes to an item, which may be described already. */
  void describe(DomainId domain, String id, String text, Map<String, String> attributes) {
    descriptions.merge(
        item(domain, id),
        new Description("", text, List.of(), attributes),
        (old, more) -> old.withDescription(text, attributes));
  }

  /**
   * @throws BadLine if the user was described before
   */
  void user(String id, Map<String, String> attributes) {
    userNumber(id);
    if (userAttributes.putIfAbsent(id, Map.copyOf(attributes)) != null) {
      throw new BadLine("user_id", "user_id \"" + id + "\" is there twice");
    }
  }

  /**
   * @param value NaN for none
   * @param timeMillis epoch milliseconds or {@link InteractionTable#UNTIMED}
   * @throws BadLine if a rating lies outside the domain's scale
   */
  void interaction(
      String user, DomainId domain, String item, EventType type, double value, long timeMillis) {
    DomainDefinition definition = Objects.requireNonNull(domains.get(domain), domain.value());
    if (type.equals(EventType.RATING)
        && !(value >= definition.minRating() && value <= definition.maxRating())) {
      throw new BadLine(
          "rating",
          "rating must be in ["
              + definition.minRating()
              + ", "
              + definition.maxRating()
              + "], was "
              + value);
    }
    ItemKey key = item(domain, item);
    interactions.add(
        userNumber(user),
        Objects.requireNonNull(itemNumbers.get(key)),
        typeNumber(type),
        (float) value,
        timeMillis);
  }

  private ItemKey item(DomainId domain, String id) {
    requireId("item_id", id);
    ItemKey key = new ItemKey(domain, id);
    if (itemNumbers.putIfAbsent(key, items.size()) == null) {
      items.add(key);
    }
    return key;
  }

  private int userNumber(String id) {
    requireId("user_id", id);
    Integer known = userNumbers.putIfAbsent(id, users.size());
    if (known == null) {
      users.add(id);
      return users.size() - 1;
    }
    return known;
  }

  private int typeNumber(EventType type) {
    int known = types.indexOf(type);
    if (known < 0) {
      types.add(type);
    }
    return known < 0 ? types.size() - 1 : known;
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
