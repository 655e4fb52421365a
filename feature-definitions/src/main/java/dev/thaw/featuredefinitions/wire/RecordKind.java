package dev.thaw.featuredefinitions.wire;

import java.util.Locale;
import java.util.Optional;

/** What the input of a dead letter is, or was meant to be. */
public enum RecordKind {
  EVENT,
  ITEM,
  IMPRESSION,
  ARTEFACT;

  /** That of a letter about a record that a job had read, see {@link DeadLetter#ofJob}. */
  static Optional<RecordKind> ofSource(String source) {
    for (RecordKind kind : values()) {
      if (source.endsWith("/" + kind)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** In lower case, as in sources. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
