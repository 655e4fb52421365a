package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;

/** The forms of all records. Each format is stateless and thread-safe. */
public final class WireFormats {
  private WireFormats() {}

  public static WireFormat<Event> events(DomainDefinitions domains, WireLimits limits) {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<CatalogueItem> items(DomainDefinitions domains, WireLimits limits) {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<UserProfile> profiles(DomainDefinitions domains, WireLimits limits) {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<Impression> impressions(DomainDefinitions domains, WireLimits limits) {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<ItemVector> itemVectors() {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<ItemFlag> itemFlags() {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<UserSegment> userSegments() {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<ArtefactAnnouncement> artefactAnnouncements() {
    throw new UnsupportedOperationException("not yet");
  }

  public static WireFormat<DeadLetter> deadLetters() {
    throw new UnsupportedOperationException("not yet");
  }
}
