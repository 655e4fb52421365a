package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The rolling features of one view for one key, compiled from the view's definition. */
public final class RollingFold {
  private RollingFold() {}

  /**
   * @param domains definitions for {@code positive: true}
   * @throws IllegalArgumentException if a feature of the view is not rolling or its definition
   *     makes no sense, naming view, feature and reason
   */
  public static RollingFold of(
      FeatureView view, Collection<DomainDefinition> domains, RollingLimits limits) {
    throw new UnsupportedOperationException("not yet");
  }

  public FeatureView view() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether a feature reads {@code item.vector} or {@code item.space}. */
  public boolean needsItemVectors() {
    throw new UnsupportedOperationException("not yet");
  }

  /** The state of a key without events. */
  public RollingState empty() {
    throw new UnsupportedOperationException("not yet");
  }

  /** A restored state in the layout of this fold: new features start empty, removed ones go. */
  public RollingState adopt(RollingState restored) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Adds an event and moves the frontier to its time if that is newer. Duplicates are the caller's.
   *
   * @param itemVector content vector of the event's item, null if unknown
   * @return whether a value may have changed
   */
  public boolean add(RollingState state, Event event, @Nullable Embedding itemVector) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Moves the frontier, never back, and drops what has left every window. */
  public void advanceTo(RollingState state, long frontierMillis) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The next instant at which a value changes without an event; {@code Long.MAX_VALUE}: never. */
  public long nextChange(RollingState state) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether nothing is remembered, so that the state may be dropped. */
  public boolean isEmpty(RollingState state) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The key of the view that the event belongs to. */
  public EntityKey keyOf(Event event) {
    throw new UnsupportedOperationException("not yet");
  }

  /** All features as of the frontier. */
  public FeatureRow row(EntityKey key, RollingState state) {
    throw new UnsupportedOperationException("not yet");
  }
}
