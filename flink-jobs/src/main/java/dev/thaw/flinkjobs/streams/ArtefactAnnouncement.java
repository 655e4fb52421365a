package dev.thaw.flinkjobs.streams;

import java.time.Instant;

/**
 * A complete artefact set lies in the store, as the topic {@code artefacts} carries it.
 *
 * @param setVersion names {@code sets/<setVersion>.json}
 * @param time when it was announced
 */
public record ArtefactAnnouncement(String setVersion, Instant time) {}
