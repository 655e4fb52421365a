package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;

/** The forms of all records. Each format is stateless and thread-safe. */
public final class WireFormats {
  /** For records that only Thaw writes; a vector of the highest dimension takes 22 KB. */
  private static final int OWN_RECORD_BYTES = 1 << 20;

  private WireFormats() {}

  public static WireFormat<Event> events(DomainDefinitions domains, WireLimits limits) {
    return new StreamingFormat<>(new EventForm(domains, limits), limits.maxRecordBytes());
  }

  public static WireFormat<CatalogueItem> items(DomainDefinitions domains, WireLimits limits) {
    return new StreamingFormat<>(new CatalogueItemForm(domains, limits), limits.maxRecordBytes());
  }

  public static WireFormat<UserProfile> profiles(DomainDefinitions domains, WireLimits limits) {
    return new StreamingFormat<>(new UserProfileForm(domains, limits), limits.maxRecordBytes());
  }

  public static WireFormat<Impression> impressions(DomainDefinitions domains, WireLimits limits) {
    return new StreamingFormat<>(new ImpressionForm(domains, limits), limits.maxRecordBytes());
  }

  public static WireFormat<ItemVector> itemVectors() {
    return new StreamingFormat<>(new ItemVectorForm(), OWN_RECORD_BYTES);
  }

  public static WireFormat<ItemFlag> itemFlags() {
    return new StreamingFormat<>(new ItemFlagForm(), OWN_RECORD_BYTES);
  }

  public static WireFormat<UserSegment> userSegments() {
    return new StreamingFormat<>(new UserSegmentForm(), OWN_RECORD_BYTES);
  }

  public static WireFormat<ArtefactAnnouncement> artefactAnnouncements() {
    return new StreamingFormat<>(new ArtefactAnnouncementForm(), OWN_RECORD_BYTES);
  }

  public static WireFormat<DeadLetter> deadLetters() {
    return new StreamingFormat<>(new DeadLetterForm(), OWN_RECORD_BYTES);
  }
}
