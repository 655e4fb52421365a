package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.IOException;
import java.time.Instant;

/** One {@link UserSegment}. */
record UserSegmentForm() implements RecordForm<UserSegment> {
  private static final FieldNames FIELDS = FieldNames.of("user_id", "domain", "segment", "time");

  @Override
  public UserSegment read(JsonCursor in) throws IOException {
    UserId userId = null;
    DomainId domain = null;
    String segment = null;
    Instant time = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "user_id" -> userId = UserId.of(in.text());
        case "domain" -> domain = DomainId.of(in.text());
        case "segment" -> segment = in.text(WireLimits.MAX_CATEGORY);
        default -> time = in.time();
      }
    }
    return new UserSegment(
        in.require("user_id", userId),
        in.require("domain", domain),
        in.require("segment", segment),
        in.require("time", time));
  }

  @Override
  public void write(UserSegment segment, JsonGenerator out) throws IOException {
    out.writeStringField("user_id", segment.userId().value());
    out.writeStringField("domain", segment.domain().value());
    out.writeStringField("segment", segment.segment());
    out.writeStringField("time", segment.time().toString());
  }
}
