package dev.thaw.launcher.imports;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the readers of a data folder will take a record, asked of the wire forms themselves while
 * the line that it comes from is known. Each method throws {@link BadLine} with field, value and
 * bound if they won't. Not thread-safe.
 */
final class WireChecks {
  /** Profiles of an import hold no answers about items, so it doesn't matter of which domains. */
  private static final WireFormat<UserProfile> USERS =
      WireFormats.profiles(DomainDefinitions.shipped(), WireLimits.DEFAULT);

  private final Instant now;
  private final Map<DomainId, WireFormat<CatalogueItem>> items = new HashMap<>();
  private final Map<DomainId, Map<EventType, WireFormat<Event>>> events = new HashMap<>();

  /**
   * @param now times further ahead than the readers allow are refused
   */
  WireChecks(Instant now) {
    this.now = now;
  }

  void item(CatalogueItem item, DomainDefinition domain) {
    WireFormat<CatalogueItem> format =
        items.computeIfAbsent(
            domain.name(), d -> WireFormats.items(only(domain, List.of()), WireLimits.DEFAULT));
    require(format, item);
  }

  void user(UserProfile user) {
    require(USERS, user);
  }

  void event(Event event, DomainDefinition domain) {
    Map<EventType, WireFormat<Event>> known =
        events.computeIfAbsent(domain.name(), d -> new HashMap<>());
    WireFormat<Event> format = known.get(event.type());
    if (format != null) {
      require(format, event);
      return;
    }
    format = WireFormats.events(only(domain, List.of(event.type())), WireLimits.DEFAULT);
    require(format, event);
    known.put(event.type(), format);
  }

  private static DomainDefinitions only(DomainDefinition domain, List<EventType> types) {
    return DomainDefinitions.of(List.of(domain), types);
  }

  private <T> void require(WireFormat<T> format, T value) {
    byte[] written;
    try {
      written = format.write(value);
    } catch (IllegalArgumentException e) {
      throw new BadLine("line", String.valueOf(e.getMessage()));
    }
    if (format.read(written, now) instanceof WireResult.Rejected<T> rejected) {
      Rejection why = rejected.rejection();
      throw new BadLine(why.field().isEmpty() ? "line" : why.field(), why.toString());
    }
  }
}
