package dev.thaw.serving.snapshot;

import dev.thaw.models.artefact.ArtefactException;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the current artefact set of a store. A new one is loaded, checked and matched with its
 * indexes beside the one that serves, then swapped in by one volatile reference, which this thread
 * alone writes; one that is corrupt, half-written or of another space is refused, tried again when
 * it changes or after a while, and the last good one stays.
 */
final class ArtefactWatch implements ActiveSets {
  private static final Logger LOG = LoggerFactory.getLogger(ArtefactWatch.class);
  private static final int POLLS_BEFORE_RETRY = 10;

  private final ArtefactStore store;
  private final VectorIndexes indexes;
  private final ActiveSetBuilder builder;
  private volatile ActiveSet current = ActiveSet.NONE;
  private final Repeating polls;
  private volatile @Nullable String refused;
  private int pollsSinceRefusal;

  /** Whether the current set names the content index that belongs to it. */
  private boolean namesContent;

  ArtefactWatch(
      ArtefactStore store, VectorIndexes indexes, ActiveSetBuilder builder, Duration every) {
    this.store = store;
    this.indexes = indexes;
    this.builder = builder;
    poll();
    this.polls = new Repeating("artefacts", every, this::poll);
  }

  @Override
  public ActiveSet current() {
    return current;
  }

  @Override
  public boolean isRefusing() {
    return refused != null;
  }

  private void poll() {
    try {
      Optional<String> wanted = store.current();
      if (wanted.isEmpty()) {
        takeUpContent();
      } else if (wanted.get().equals(current.version())) {
        refused = null;
        if (!namesContent) {
          takeUpContent();
        }
      } else if (isDue(wanted.get())) {
        load(wanted.get());
      }
    } catch (ArtefactException | VectorIndexException e) {
      LOG.warn("artefacts can't be looked at: {}", e.getMessage());
    }
  }

  private boolean isDue(String version) {
    return !version.equals(refused) || ++pollsSinceRefusal >= POLLS_BEFORE_RETRY;
  }

  private void load(String version) {
    try {
      ArtefactSet set = store.load(version);
      ActiveSet next = builder.build(set);
      ActiveSet previous = current;
      current = next;
      namesContent = set.indexVersion(ActiveSetBuilder.CONTENT).isPresent();
      refused = null;
      LOG.info("artefact set {} serves in place of {}", next.version(), previous.version());
    } catch (ArtefactException | VectorIndexException | IllegalArgumentException e) {
      if (!version.equals(refused)) {
        LOG.error(
            "artefact set {} is refused, {} goes on serving: {}",
            version,
            current.version(),
            e.getMessage());
      }
      refused = version;
      pollsSinceRefusal = 0;
    }
  }

  /** Content serves before anything is trained, or where all training was without it. */
  private void takeUpContent() {
    VectorIndex content = indexes.active(ActiveSetBuilder.CONTENT).orElse(null);
    ActiveSet now = current;
    if (content != null
        && (now.content() == null || !now.content().space().equals(content.space()))) {
      current = now.withContent(content);
    }
  }

  @Override
  public void close() {
    polls.close();
  }
}
