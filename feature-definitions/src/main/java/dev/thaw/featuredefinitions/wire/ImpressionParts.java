package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Names;
import java.io.IOException;
import java.util.List;

/** The objects inside an impression. */
final class ImpressionParts {
  private static final FieldNames SLOT =
      FieldNames.of("slot", "item_id", "score", "propensity", "source");
  private static final FieldNames ASSIGNMENT = FieldNames.of("name", "configuration");
  private static final FieldNames FEATURES = FieldNames.of("space", "values");

  private ImpressionParts() {}

  static Impression.Slot slot(JsonCursor in) throws IOException {
    Integer slot = null;
    ItemId itemId = null;
    Double score = null;
    Double propensity = null;
    String source = null;
    while (in.next(SLOT)) {
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

  static Assignment assignment(JsonCursor in) throws IOException {
    String experiment = null;
    String configuration = null;
    while (in.next(ASSIGNMENT)) {
      String name = in.name();
      String text = in.text();
      if (!Names.isName(text)) {
        throw in.fault(Names.RULE);
      }
      if (name.equals("name")) {
        experiment = text;
      } else {
        configuration = text;
      }
    }
    return new Assignment(
        in.require("name", experiment), in.require("configuration", configuration));
  }

  static DecisionFeatures features(JsonCursor in) throws IOException {
    String space = null;
    List<Float> values = null;
    while (in.next(FEATURES)) {
      if (in.name().equals("space")) {
        space = in.text(WireLimits.MAX_CATEGORY);
        if (space.isEmpty()) {
          throw in.fault("must not be empty");
        }
      } else {
        values = in.floatList(1, DecisionFeatures.MAX_VALUES, DecisionFeatures.BOUND);
      }
    }
    return new DecisionFeatures(in.require("space", space), in.require("values", values));
  }

  static void write(EligibleArms eligible, JsonGenerator out) throws IOException {
    Fields.texts(out, "eligible", eligible.items().stream().map(ItemId::value).toList());
    if (eligible.newcomers() != null) {
      out.writeNumberField("newcomers", eligible.newcomers());
    }
  }

  static void write(Assignment assignment, JsonGenerator out) throws IOException {
    if (assignment.isNone()) {
      return;
    }
    out.writeObjectFieldStart("experiment");
    out.writeStringField("name", assignment.experiment());
    out.writeStringField("configuration", assignment.configuration());
    out.writeEndObject();
  }

  static void write(DecisionFeatures features, JsonGenerator out) throws IOException {
    if (features.isNone()) {
      return;
    }
    out.writeObjectFieldStart("features");
    out.writeStringField("space", features.space());
    out.writeArrayFieldStart("values");
    for (float value : features.values()) {
      out.writeNumber(value);
    }
    out.writeEndArray();
    out.writeEndObject();
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
