package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;

/** One {@link ItemVector}: components are Base64 of little-endian 32-bit floats. */
record ItemVectorForm() implements RecordForm<ItemVector> {
  private static final FieldNames FIELDS = FieldNames.of("item_id", "space", "vector");
  private static final FieldNames SPACE = FieldNames.of("name", "version", "dimension", "metric");

  @Override
  public ItemVector read(JsonCursor in) throws IOException {
    ItemId itemId = null;
    VectorSpace space = null;
    String vector = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "item_id" -> itemId = ItemId.of(in.text());
        case "space" -> space = in.object(ItemVectorForm::space);
        default -> vector = in.text();
      }
    }
    return new ItemVector(
        in.require("item_id", itemId),
        Embedding.copyOf(in.require("space", space), floats(in, in.require("vector", vector))));
  }

  private static VectorSpace space(JsonCursor in) throws IOException {
    String name = null;
    String version = null;
    Integer dimension = null;
    Metric metric = null;
    while (in.next(SPACE)) {
      switch (in.name()) {
        case "name" -> name = in.text();
        case "version" -> version = in.text();
        case "dimension" -> dimension = (int) in.integer(1, VectorSpace.MAX_DIMENSION);
        default -> metric = metric(in);
      }
    }
    return new VectorSpace(
        in.require("name", name),
        in.require("version", version),
        in.require("dimension", dimension),
        in.require("metric", metric));
  }

  private static Metric metric(JsonCursor in) throws IOException {
    return switch (in.text()) {
      case "cosine" -> Metric.COSINE;
      case "inner_product" -> Metric.INNER_PRODUCT;
      default -> throw in.fault("must be cosine or inner_product");
    };
  }

  private static float[] floats(JsonCursor in, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw in.fault("vector", base64, "must be Base64: " + e.getMessage());
    }
    if (bytes.length % Float.BYTES != 0) {
      throw in.fault("vector", "", "must be whole 32-bit floats, has " + bytes.length + " bytes");
    }
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  @Override
  public void write(ItemVector value, JsonGenerator out) throws IOException {
    VectorSpace space = value.vector().space();
    out.writeStringField("item_id", value.itemId().value());
    out.writeObjectFieldStart("space");
    out.writeStringField("name", space.name());
    out.writeStringField("version", space.modelVersion());
    out.writeNumberField("dimension", space.dimension());
    out.writeStringField("metric", space.metric().name().toLowerCase(Locale.ROOT));
    out.writeEndObject();
    ByteBuffer bytes =
        ByteBuffer.allocate(space.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(value.vector().toArray());
    out.writeStringField("vector", Base64.getEncoder().encodeToString(bytes.array()));
  }
}
