package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.time.Instant;
import java.util.Set;

/**
 * Events of the items of one catalogue; those of others are refused, as the server does.
 *
 * @param known may grow until the first event is read
 */
record CatalogueEvents(WireFormat<Event> format, Set<ItemId> known) implements WireFormat<Event> {
  @Override
  public WireResult<Event> read(byte[] bytes, int offset, int length, Instant now) {
    WireResult<Event> result = format.read(bytes, offset, length, now);
    if (result instanceof WireResult.Accepted<Event> accepted
        && !known.contains(accepted.value().itemId())) {
      return new WireResult.Rejected<>(
          new Rejection(
              "item_id",
              accepted.value().itemId().value(),
              "must be in the catalogue, items.jsonl"));
    }
    return result;
  }

  @Override
  public byte[] write(Event event) {
    return format.write(event);
  }

  @Override
  public int maxRecordBytes() {
    return format.maxRecordBytes();
  }
}
