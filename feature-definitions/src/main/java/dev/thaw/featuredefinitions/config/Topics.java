package dev.thaw.featuredefinitions.config;

import java.io.Serializable;

/**
 * Names of the Kafka topics, all under one prefix. All use LogAppendTime: event time is in the
 * payload.
 *
 * @param prefix such as {@code thaw}
 */
public record Topics(String prefix) implements Serializable {
  /** Events (wire form of {@code Event}), ticks and erasures; keyed by user id. */
  public String events() {
    return prefix + ".events";
  }

  /** Catalogue records; keyed by item id, compacted; an empty value deletes. */
  public String items() {
    return prefix + ".items";
  }

  /** Profiles; keyed by user id, compacted; an empty value deletes the user. */
  public String users() {
    return prefix + ".users";
  }

  /** Impressions and ticks; keyed by request id. */
  public String impressions() {
    return prefix + ".impressions";
  }

  /** Content vectors of items for the jobs; keyed by item id, compacted. */
  public String itemVectors() {
    return prefix + ".item-vectors";
  }

  /** Cold flag changes; keyed by item id, compacted. */
  public String itemFlags() {
    return prefix + ".item-flags";
  }

  /** Segment of a user in a domain; keyed by user id and domain, compacted. */
  public String userSegments() {
    return prefix + ".user-segments";
  }

  /** Announced artefact sets, one partition, compacted. */
  public String artefacts() {
    return prefix + ".artefacts";
  }

  /** What could not be used, with input and reason. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }
}
