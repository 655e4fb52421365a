package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure.Subject;
import java.io.IOException;
import java.time.Instant;

/** One {@link Erasure}, see {@link Erasures}. */
record ErasureForm() implements RecordForm<Erasure> {
  private static final FieldNames FIELDS = FieldNames.of("erase", "id", "time");

  @Override
  public Erasure read(JsonCursor in) throws IOException {
    Subject subject = null;
    String id = null;
    Instant time = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "erase" -> subject = subject(in.text());
        case "id" -> id = in.text();
        default -> time = in.time();
      }
    }
    Erasure read =
        new Erasure(in.require("erase", subject), in.require("id", id), in.require("time", time));
    return read.subject() == Subject.USER
        ? Erasure.of(UserId.of(read.id()), read.time())
        : Erasure.of(ItemId.of(read.id()), read.time());
  }

  private static Subject subject(String text) {
    return switch (text) {
      case "user" -> Subject.USER;
      case "item" -> Subject.ITEM;
      default ->
          throw new IllegalArgumentException(
              "erase must be one of [user, item], was \"" + text + '"');
    };
  }

  @Override
  public void write(Erasure erasure, JsonGenerator out) throws IOException {
    out.writeStringField("erase", erasure.subject() == Subject.USER ? "user" : "item");
    out.writeStringField("id", erasure.id());
    out.writeStringField("time", erasure.time().toString());
  }
}
