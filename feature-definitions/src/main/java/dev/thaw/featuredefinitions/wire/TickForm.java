package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/** One tick, see {@link Ticks}. */
record TickForm() implements RecordForm<Instant> {
  private static final FieldNames FIELDS = FieldNames.of("tick");

  @Override
  public Instant read(JsonCursor in) throws IOException {
    Instant time = null;
    while (in.next(FIELDS)) {
      time = in.time();
    }
    return in.require("tick", time);
  }

  @Override
  public void write(Instant time, JsonGenerator out) throws IOException {
    out.writeStringField("tick", time.toString());
  }
}
