package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.io.IOException;
import java.util.List;

/** The shown items inside an impression. */
final class ImpressionSlots {
  private static final FieldNames FIELDS =
      FieldNames.of("slot", "item_id", "score", "propensity", "source");

  private ImpressionSlots() {}

  static Impression.Slot read(JsonCursor in) throws IOException {
    Integer slot = null;
    ItemId itemId = null;
    Double score = null;
    Double propensity = null;
    String source = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "slot" -> slot = (int) in.integer(0, Integer.MAX_VALUE);
        case "item_id" -> itemId = ItemId.of(in.text());
        case "score" -> score = in.number();
        case "propensity" -> propensity = Propensities.read(in);
        default -> source = in.text(WireLimits.MAX_CATEGORY);
      }
    }
    return new Impression.Slot(
        in.require("slot", slot),
        in.require("item_id", itemId),
        in.require("score", score),
        in.require("propensity", propensity),
        in.require("source", source));
  }

  static void write(List<Impression.Slot> slots, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("slots");
    for (Impression.Slot slot : slots) {
      out.writeStartObject();
      out.writeNumberField("slot", slot.slot());
      out.writeStringField("item_id", slot.itemId().value());
      out.writeNumberField("score", slot.score());
      out.writeNumberField("propensity", slot.propensity());
      out.writeStringField("source", slot.source());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
