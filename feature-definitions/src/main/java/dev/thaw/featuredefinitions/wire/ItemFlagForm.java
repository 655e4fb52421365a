package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.io.IOException;
import java.time.Instant;

/** One {@link ItemFlag}. */
record ItemFlagForm() implements RecordForm<ItemFlag> {
  private static final FieldNames FIELDS = FieldNames.of("item_id", "cold", "time");

  @Override
  public ItemFlag read(JsonCursor in) throws IOException {
    ItemId itemId = null;
    Boolean cold = null;
    Instant time = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "item_id" -> itemId = ItemId.of(in.text());
        case "cold" -> cold = in.flag();
        default -> time = in.time();
      }
    }
    return new ItemFlag(
        in.require("item_id", itemId), in.require("cold", cold), in.require("time", time));
  }

  @Override
  public void write(ItemFlag flag, JsonGenerator out) throws IOException {
    out.writeStringField("item_id", flag.itemId().value());
    out.writeBooleanField("cold", flag.cold());
    out.writeStringField("time", flag.time().toString());
  }
}
