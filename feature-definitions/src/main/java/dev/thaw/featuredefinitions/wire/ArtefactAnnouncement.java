package dev.thaw.featuredefinitions.wire;

import java.time.Instant;

/**
 * Says that an artefact set exists.
 *
 * @param setVersion names the set
 * @param location of the artefact store that holds it, a path or URI
 */
public record ArtefactAnnouncement(
    String setVersion, String location, Instant time, Status status) {

  /** Announced sets are being prepared for, the active one is served. */
  public enum Status {
    ANNOUNCED,
    ACTIVE
  }
}
