package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/** One {@link DeadLetter}; see {@code schema/dead-letter.json}. */
record DeadLetterForm() implements RecordForm<DeadLetter> {
  private static final FieldNames FIELDS =
      FieldNames.of(
          "source",
          "position",
          "field",
          "value",
          "reason",
          "input",
          "input_encoding",
          "input_bytes",
          "time",
          "job");

  @Override
  public DeadLetter read(JsonCursor in) throws IOException {
    String source = null;
    Long position = null;
    String field = null;
    String value = null;
    String reason = null;
    String input = null;
    Boolean base64 = null;
    Long inputBytes = null;
    Instant time = null;
    String job = "";
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "source" -> source = in.text();
        case "position" -> position = in.integer(0, Long.MAX_VALUE);
        case "field" -> field = in.text();
        case "value" -> value = in.text();
        case "reason" -> reason = in.text();
        case "input" -> input = in.text();
        case "input_encoding" -> base64 = isBase64(in);
        case "input_bytes" -> inputBytes = in.integer(0, Long.MAX_VALUE);
        case "time" -> time = in.time();
        default -> job = in.text();
      }
    }
    return new DeadLetter(
        in.require("source", source),
        in.require("position", position),
        new Rejection(
            in.require("field", field), in.require("value", value), in.require("reason", reason)),
        in.require("input", input),
        in.require("input_encoding", base64),
        in.require("input_bytes", inputBytes),
        in.require("time", time),
        job);
  }

  private static boolean isBase64(JsonCursor in) throws IOException {
    return switch (in.text()) {
      case "utf-8" -> false;
      case "base64" -> true;
      default -> throw in.fault("must be utf-8 or base64");
    };
  }

  @Override
  public void write(DeadLetter letter, JsonGenerator out) throws IOException {
    out.writeStringField("source", letter.source());
    out.writeNumberField("position", letter.position());
    out.writeStringField("field", letter.rejection().field());
    out.writeStringField("value", letter.rejection().value());
    out.writeStringField("reason", letter.rejection().reason());
    out.writeStringField("input", letter.input());
    out.writeStringField("input_encoding", letter.base64() ? "base64" : "utf-8");
    out.writeNumberField("input_bytes", letter.inputBytes());
    out.writeStringField("time", letter.time().toString());
    if (!letter.job().isEmpty()) {
      out.writeStringField("job", letter.job());
    }
  }
}
