package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** One {@link ArtefactAnnouncement}. */
record ArtefactAnnouncementForm() implements RecordForm<ArtefactAnnouncement> {
  private static final FieldNames FIELDS =
      FieldNames.of("set_version", "location", "time", "status");

  @Override
  public ArtefactAnnouncement read(JsonCursor in) throws IOException {
    String setVersion = null;
    String location = null;
    Instant time = null;
    ArtefactAnnouncement.Status status = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "set_version" -> setVersion = in.text(WireLimits.MAX_CATEGORY);
        case "location" -> location = in.text(WireLimits.MAX_TEXT_VALUE);
        case "time" -> time = in.time();
        default -> status = status(in);
      }
    }
    return new ArtefactAnnouncement(
        in.require("set_version", setVersion),
        in.require("location", location),
        in.require("time", time),
        in.require("status", status));
  }

  private static ArtefactAnnouncement.Status status(JsonCursor in) throws IOException {
    return switch (in.text()) {
      case "announced" -> ArtefactAnnouncement.Status.ANNOUNCED;
      case "active" -> ArtefactAnnouncement.Status.ACTIVE;
      default -> throw in.fault("must be announced or active");
    };
  }

  @Override
  public void write(ArtefactAnnouncement announcement, JsonGenerator out) throws IOException {
    out.writeStringField("set_version", announcement.setVersion());
    out.writeStringField("location", announcement.location());
    out.writeStringField("time", announcement.time().toString());
    out.writeStringField("status", announcement.status().name().toLowerCase(Locale.ROOT));
  }
}
