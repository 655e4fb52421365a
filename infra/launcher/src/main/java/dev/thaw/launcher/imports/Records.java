package dev.thaw.launcher.imports;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.launcher.imports.Gathered.Description;
import dev.thaw.launcher.imports.Gathered.ItemKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as a data folder holds them: the same when a line is checked and when it is written. */
final class Records {
  private Records() {}

  /**
   * @param prefix whether ids begin with the domain, as two domains share some
   */
  static ItemId itemId(ItemKey key, boolean prefix) {
    return ItemId.of(prefix ? key.domain() + ":" + key.id() : key.id());
  }

  static CatalogueItem item(ItemId id, DomainId domain, Description description, Instant time) {
    return new CatalogueItem(
        id,
        domain,
        description.title(),
        description.description(),
        description.categories(),
        description.attributes(),
        description.image(),
        true,
        time);
  }

  static UserProfile user(String id, Map<String, String> attributes, Instant time) {
    return new UserProfile(UserId.of(id), attributes, List.of(), time);
  }

  /**
   * @param value NaN for none
   */
  static Event event(
      String id,
      String user,
      ItemId item,
      DomainId domain,
      EventType type,
      float value,
      Instant time) {
    Event event = Event.of(EventId.of(id), UserId.of(user), item, domain, type, time);
    // by way of its digits: 3.6f is 3.6, not 3.5999999
    return Float.isNaN(value) ? event : event.withValue(Double.parseDouble(Float.toString(value)));
  }
}
