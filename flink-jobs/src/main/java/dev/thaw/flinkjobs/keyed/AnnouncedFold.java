package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import java.util.List;

/**
 * A fold whose results depend on artefact sets. When the sets it works with change, the results of
 * all keys are given out again.
 */
public interface AnnouncedFold<I, S, O> extends KeyedFold<I, S, O> {

  /**
   * Takes up a set.
   *
   * @return whether results are other ones now
   * @throws dev.thaw.models.artefact.ArtefactException if the set can't be read; the sets taken
   *     before stay
   */
  boolean announced(ArtefactAnnouncement announcement);

  /** What {@link #announced} has to be told again after a restart, in this order. */
  List<ArtefactAnnouncement> taken();
}
