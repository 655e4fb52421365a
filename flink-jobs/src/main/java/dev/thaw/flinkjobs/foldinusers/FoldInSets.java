package dev.thaw.flinkjobs.foldinusers;

import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sets under which users are folded in: the newest that was announced, and the one that serves
 * until that does. A set that was announced and never served is passed over. Immutable.
 */
final class FoldInSets {
  static final FoldInSets NONE = new FoldInSets(null, null, null);

  private final @Nullable ArtefactAnnouncement current;
  private final @Nullable ArtefactAnnouncement previous;
  private final @Nullable ArtefactAnnouncement active;

  private FoldInSets(
      @Nullable ArtefactAnnouncement current,
      @Nullable ArtefactAnnouncement previous,
      @Nullable ArtefactAnnouncement active) {
    this.current = current;
    this.previous = previous;
    this.active = active;
  }

  Optional<ArtefactAnnouncement> current() {
    return Optional.ofNullable(current);
  }

  Optional<ArtefactAnnouncement> previous() {
    return Optional.ofNullable(previous);
  }

  /** Later sets have larger versions; announcements of older ones change nothing. */
  FoldInSets plus(ArtefactAnnouncement next) {
    ArtefactAnnouncement serving = next.status() == Status.ACTIVE ? next : active;
    if (current == null || isNewer(next, current)) {
      return new FoldInSets(next, active == null ? current : active, serving);
    }
    boolean isOther = !next.setVersion().equals(current.setVersion());
    return next.status() == Status.ACTIVE
        ? new FoldInSets(isOther ? current : next, isOther ? next : previous, serving)
        : this;
  }

  private static boolean isNewer(ArtefactAnnouncement one, ArtefactAnnouncement other) {
    return one.setVersion().compareTo(other.setVersion()) > 0;
  }

  boolean hasVersionsOf(FoldInSets other) {
    return versions().equals(other.versions());
  }

  private List<Optional<String>> versions() {
    return List.of(
        current().map(ArtefactAnnouncement::setVersion),
        previous().map(ArtefactAnnouncement::setVersion));
  }

  /** Announcements that lead to these sets again. */
  List<ArtefactAnnouncement> announcements() {
    List<ArtefactAnnouncement> all = new ArrayList<>();
    previous().ifPresent(all::add);
    current().ifPresent(all::add);
    return all;
  }
}
